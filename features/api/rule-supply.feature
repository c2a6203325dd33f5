Feature: NIC's rules about types of supply
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-supply @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                               | invoice                                             | change                                                | codes | path                 | instead                                                                  |
      | Only an export's recipient is unregistered         | a B2B invoice                                       | BuyerDtls.Gstin=URP                                   | 2212  | BuyerDtls.Gstin      | nothing                                                                  |
      | An export's recipient is                           | an EXPWP invoice                                    | BuyerDtls.Gstin=sameState                             | 2248  | BuyerDtls.Gstin      | nothing                                                                  |
      | A supply to an SEZ goes to a unit or its developer | a SEZWP invoice                                     | recipient=otherState                                  | 2247  | BuyerDtls.Gstin      | recipient=sezDeveloper                                                   |
      | Without payment of tax, too                        | a SEZWOP invoice                                    | recipient=sameState                                   | 2247  | BuyerDtls.Gstin      | nothing                                                                  |
      | A unit in an SEZ gets nothing under B2B            | a B2B invoice to another state                      | recipient=sez                                         | 2246  | TranDtls.SupTyp      | recipient=otherState                                                     |
      | Its developer gets no deemed export                | a DEXP invoice                                      | recipient=sezDeveloper                                | 2246  | TranDtls.SupTyp      | recipient=otherState                                                     |
      | Who pays the composition levy gets none either     | a DEXP invoice                                      | recipient=composition                                 | 2298  | BuyerDtls.Gstin      | TranDtls.SupTyp=B2B, recipient=composition                               |
      | A deemed export is not under reverse charge        | a DEXP invoice                                      | TranDtls.RegRev=Y                                     | 2162  | TranDtls.RegRev      | TranDtls.RegRev=N                                                        |
      | Nor is an export                                   | an EXPWP invoice                                    | TranDtls.RegRev=Y                                     | 2162  | TranDtls.RegRev      | TranDtls.RegRev=N                                                        |
      | A distributor gets nothing under reverse charge    | a B2B invoice to another state                      | recipient=distributor, TranDtls.RegRev=Y              | 2297  | TranDtls.RegRev      | recipient=distributor                                                    |
      | IGST within the state is not for an SEZ            | a SEZWP invoice under reverse charge                | TranDtls.IgstOnIntra=Y                                | 2268  | TranDtls.IgstOnIntra | TranDtls.IgstOnIntra=N                                                   |
      | It is for the supplier's state                     | a B2B invoice to another state under reverse charge | TranDtls.IgstOnIntra=Y                                | 2262  | TranDtls.IgstOnIntra | nothing                                                                  |
      | It goes with reverse charge                        | a B2B invoice                                       | IGST instead of CGST and SGST, TranDtls.IgstOnIntra=Y | 2294  | TranDtls.RegRev      | IGST instead of CGST and SGST, TranDtls.IgstOnIntra=Y, TranDtls.RegRev=Y |
      | A port is of the list                              | an EXPWP invoice                                    | ExpDtls.Port=INXXX9                                   | 2201  | ExpDtls.Port         | ExpDtls.Port=inabg1                                                      |
      | A country is of the list                           | an EXPWP invoice                                    | ExpDtls.CntCode=ZZ                                    | 2202  | ExpDtls.CntCode      | ExpDtls.CntCode=AE                                                       |
      | The country of origin is of the list               | a B2B invoice                                       | ItemList[0].OrgCntry=QQ                               | 2202  | ItemList[0].OrgCntry | ItemList[0].OrgCntry=in                                                  |
      | A currency is of the list                          | an EXPWP invoice                                    | ExpDtls.ForCur=XYZ                                    | 2203  | ExpDtls.ForCur       | ExpDtls.ForCur=USD                                                       |

  @API-rule-export-lists @must @contract-invoices
  Scenario Outline: The lists of exports bind no other supply: <change>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then it is registered

    Examples:
      | invoice         | change             |
      | a B2B invoice   | ExpDtls.Port=12    |
      | a B2B invoice   | ExpDtls.CntCode=ZZ |
      | a SEZWP invoice | ExpDtls.ForCur=XYZ |
