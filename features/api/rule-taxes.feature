Feature: NIC's rules about taxes
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-tax @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                               | invoice                            | change                                                              | codes      | path                    | instead                                                                    |
      | Within a state there is no IGST                    | a B2B invoice                      | IGST=1                                                              | 2172       | ItemList[0].IgstAmt     | IGST=0                                                                     |
      | Even if it is the rate                             | a B2B invoice                      | IGST instead of CGST and SGST                                       | 2172, 2234 | ItemList[0].IgstAmt     | nothing                                                                    |
      | But with IgstOnIntra it is IGST                    | a B2B invoice under reverse charge | TranDtls.IgstOnIntra=Y                                              | 2174, 2235 | ItemList[0].CgstAmt     | TranDtls.IgstOnIntra=Y, IGST instead of CGST and SGST                      |
      | Between states there is IGST alone                 | a B2B invoice                      | BuyerDtls.Pos=27                                                    | 2174, 2235 | ItemList[0].CgstAmt     | BuyerDtls.Pos=27, IGST instead of CGST and SGST                            |
      | An export bears no CGST and SGST                   | an EXPWP invoice                   | CGST=0.01, SGST=0.01                                                | 2174       | ItemList[0].CgstAmt     | CGST=0, SGST=0                                                             |
      | Nor does a supply to an SEZ                        | a SEZWP invoice                    | SGST=0.01                                                           | 2174, 2227 | ItemList[0].SgstAmt     | CGST=0, SGST=0                                                             |
      | CGST and SGST are equal                            | a B2B invoice                      | SGST=90.01                                                          | 2227       | ItemList[0].SgstAmt     | SGST=90.00                                                                 |
      | CGST and SGST are half the rate, and a rupee above | a B2B invoice                      | CGST=91.01, SGST=91.01                                              | 2234       | ItemList[0].CgstAmt     | CGST=91.00, SGST=91.00                                                     |
      | Or a rupee below                                   | a B2B invoice                      | CGST=88.99, SGST=88.99                                              | 2234       | ItemList[0].CgstAmt     | CGST=89.00, SGST=89.00                                                     |
      | IGST is the rate, and a rupee above                | a B2B invoice to another state     | IGST=181.01                                                         | 2235       | ItemList[0].IgstAmt     | IGST=181.00                                                                |
      | Or a rupee below for an SEZ                        | a SEZWP invoice                    | IGST=178.99                                                         | 2235       | ItemList[0].IgstAmt     | IGST=179.00                                                                |
      | Without payment of tax it is the rate or nothing   | an EXPWOP invoice                  | IGST=10                                                             | 2235       | ItemList[0].IgstAmt     | IGST=180                                                                   |
      | With payment it is not nothing                     | an EXPWP invoice                   | IGST=0                                                              | 2235       | ItemList[0].IgstAmt     | IGST=180                                                                   |
      | Paise are rounded up before the rupee above        | a B2B invoice to another state     | ItemList[0].TotAmt=1000.23, ItemList[0].AssAmt=1000.23, IGST=182.01 | 2235       | ItemList[0].IgstAmt     | ItemList[0].TotAmt=1000.23, ItemList[0].AssAmt=1000.23, IGST=182.00        |
      | Cess is its rate, and a rupee above                | a B2B invoice                      | ItemList[0].CesRt=5, cess=51.01                                     | 2266       | ItemList[0].CesAmt      | ItemList[0].CesRt=5, cess=51.00                                            |
      | Or a rupee below                                   | a B2B invoice                      | ItemList[0].CesRt=5, cess=48.99                                     | 2266       | ItemList[0].CesAmt      | ItemList[0].CesRt=5, cess=49.00                                            |
      | State cess is its rate, and a rupee above          | a B2B invoice                      | ItemList[0].StateCesRt=1, state cess=11.01                          | 2267       | ItemList[0].StateCesAmt | ItemList[0].StateCesRt=1, state cess=11.00                                 |
      | A line's total is what is in it, and a rupee above | a B2B invoice                      | ItemList[0].TotItemVal=1181.01, ValDtls.TotInvVal=1181.01           | 2194       | ItemList[0].TotItemVal  | ItemList[0].TotItemVal=1181, ValDtls.TotInvVal=1181                        |
      | Other charges are in it                            | a B2B invoice                      | ItemList[0].OthChrg=6                                               | 2194       | ItemList[0].TotItemVal  | ItemList[0].OthChrg=6, ItemList[0].TotItemVal=1186, ValDtls.TotInvVal=1186 |
      | Taxes are left out under reverse charge alone      | a B2B invoice                      | ItemList[0].TotItemVal=1000, ValDtls.TotInvVal=1000                 | 2194       | ItemList[0].TotItemVal  | ItemList[0].TotItemVal=1000, ValDtls.TotInvVal=1000, TranDtls.RegRev=Y     |
      | And in exports with payment                        | an EXPWP invoice                   | ItemList[0].TotItemVal=1090, ValDtls.TotInvVal=1090                 | 2194       | ItemList[0].TotItemVal  | ItemList[0].TotItemVal=1000, ValDtls.TotInvVal=1000                        |

  @API-rule-note-taxes @must @contract-invoices
  Scenario Outline: In <document> the taxes are not compared with the rate
    Given Asha is logged in to the trial API
    When she registers <document>, changed by "<change>"
    Then it is registered

    Examples:
      | document                          | change                                  |
      | a B2B credit note                 | CGST=50, SGST=50                        |
      | a B2B debit note to another state | IGST=5                                  |
      | a B2B credit note                 | ItemList[0].CesRt=5, cess=10            |
      | a B2B credit note                 | ItemList[0].StateCesRt=1, state cess=50 |
