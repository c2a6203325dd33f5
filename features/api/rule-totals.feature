Feature: NIC's rules about totals: the sums of the lines
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-total @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                              | invoice          | change                                                          | codes | path              | instead                                                               |
      | Taxable values, and a rupee above | a B2B invoice    | ValDtls.AssVal=1001.01                                          | 2182  | ValDtls.AssVal    | ValDtls.AssVal=1001.00                                                |
      | Or a rupee below                  | a B2B invoice    | ValDtls.AssVal=998.99                                           | 2182  | ValDtls.AssVal    | ValDtls.AssVal=999.00                                                 |
      | SGST                              | a B2B invoice    | ValDtls.SgstVal=91.01                                           | 2183  | ValDtls.SgstVal   | ValDtls.SgstVal=91                                                    |
      | CGST                              | a B2B invoice    | ValDtls.CgstVal=88.99                                           | 2184  | ValDtls.CgstVal   | ValDtls.CgstVal=89                                                    |
      | CGST, which is there              | a B2B invoice    | ValDtls.CgstVal=none                                            | 2184  | ValDtls.CgstVal   | nothing                                                               |
      | IGST                              | an EXPWP invoice | ValDtls.IgstVal=181.01                                          | 2185  | ValDtls.IgstVal   | ValDtls.IgstVal=181                                                   |
      | Cess                              | a B2B invoice    | ItemList[0].CesRt=5, cess=50, ValDtls.CesVal=51.01              | 2186  | ValDtls.CesVal    | ItemList[0].CesRt=5, cess=50, ValDtls.CesVal=51                       |
      | State cess                        | a B2B invoice    | ItemList[0].StateCesRt=1, state cess=10, ValDtls.StCesVal=11.01 | 2187  | ValDtls.StCesVal  | ItemList[0].StateCesRt=1, state cess=10, ValDtls.StCesVal=11          |
      | The whole, and a rupee above      | a B2B invoice    | ValDtls.TotInvVal=1181.01                                       | 2189  | ValDtls.TotInvVal | ValDtls.TotInvVal=1181                                                |
      | Or a rupee below                  | a B2B invoice    | ValDtls.TotInvVal=1178.99                                       | 2189  | ValDtls.TotInvVal | ValDtls.TotInvVal=1179                                                |
      | The whole less a discount         | a B2B invoice    | ValDtls.Discount=100                                            | 2189  | ValDtls.TotInvVal | ValDtls.Discount=100, ValDtls.TotInvVal=1080                          |
      | And with charges and rounding     | a B2B invoice    | ValDtls.OthChrg=30, ValDtls.RndOffAmt=-5.5                      | 2189  | ValDtls.TotInvVal | ValDtls.OthChrg=30, ValDtls.RndOffAmt=-5.5, ValDtls.TotInvVal=1204.50 |

  @API-rule-all @must @contract-invoices
  Scenario: An answer lists all broken rules in their order
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "ValDtls.TotInvVal=1, ValDtls.AssVal=1, ItemList[0].Unit=XXX, BuyerDtls.Pin=999999, DocDtls.Dt=today+1"
    Then the API refuses it with 2163, 2274, 2177, 2182, 2189 at "DocDtls.Dt"
    And it names 5 violations

  @API-rule-schema-first @must @contract-invoices @nic-5002
  Scenario: A document that breaks the schema is not checked by the rules
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "ValDtls.TotInvVal=1, BuyerDtls.LglNm=none"
    Then the API refuses it with 5002 at "BuyerDtls.LglNm"
    And it names 1 violation

  @API-rule-before-duplicate @must @contract-invoices @nic-2182
  Scenario: The rules are checked before duplicates
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    When she registers it again, changed by "ValDtls.AssVal=1"
    Then the API refuses it with 2182 at "ValDtls.AssVal"
