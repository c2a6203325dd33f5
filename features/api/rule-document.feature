Feature: NIC's rules about the document
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-doc @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                      | invoice           | change                                                                          | codes | path                         | instead                                                                         |
      | The version is 1.1                        | a B2B invoice     | Version=1.01                                                                    | 2279  | Version                      | Version=1.1                                                                     |
      | The document date is a day                | a B2B invoice     | DocDtls.Dt=31/02/2026                                                           | 2292  | DocDtls.Dt                   | DocDtls.Dt=today                                                                |
      | It is not in the future                   | a B2B invoice     | DocDtls.Dt=today+1                                                              | 2163  | DocDtls.Dt                   | DocDtls.Dt=today                                                                |
      | A preceding document has a day            | a B2B credit note | RefDtls.PrecDocDtls[0].InvNo=1, RefDtls.PrecDocDtls[0].InvDt=30/02/2026         | 2293  | RefDtls.PrecDocDtls[0].InvDt | RefDtls.PrecDocDtls[0].InvNo=1, RefDtls.PrecDocDtls[0].InvDt=today              |
      | A batch expires on a day                  | a B2B invoice     | ItemList[0].BchDtls.Nm=B12, ItemList[0].BchDtls.ExpDt=31/04/2027                | 2293  | ItemList[0].BchDtls.ExpDt    | ItemList[0].BchDtls.Nm=B12, ItemList[0].BchDtls.ExpDt=30/04/2027                |
      | A period begins on a day                  | a B2B invoice     | RefDtls.DocPerdDtls.InvStDt=31/06/2026, RefDtls.DocPerdDtls.InvEndDt=30/09/2026 | 2293  | RefDtls.DocPerdDtls.InvStDt  | RefDtls.DocPerdDtls.InvStDt=30/06/2026, RefDtls.DocPerdDtls.InvEndDt=30/09/2026 |
      | A preceding document is not of the future | a B2B credit note | RefDtls.PrecDocDtls[0].InvNo=1, RefDtls.PrecDocDtls[0].InvDt=today+1            | 2307  | RefDtls.PrecDocDtls[0].InvDt | RefDtls.PrecDocDtls[0].InvNo=1, RefDtls.PrecDocDtls[0].InvDt=today              |
      | An order is not of the future             | a B2B invoice     | RefDtls.ContrDtls[0].PORefDt=today+1                                            | 2307  | RefDtls.ContrDtls[0].PORefDt | RefDtls.ContrDtls[0].PORefDt=today                                              |
      | A shipping bill is not of the future      | an EXPWP invoice  | ExpDtls.ShipBDt=today+1                                                         | 2307  | ExpDtls.ShipBDt              | ExpDtls.ShipBDt=today                                                           |

  @API-rule-age @must @contract-invoices @from-2025-04-01
  Scenario Outline: From 500 crore rupees on, <document> is not older than 30 days
    Given Asha is logged in to the trial API
    And the yearly turnover of Dakshin is 500 crore rupees
    When she registers <document>, changed by "DocDtls.Dt=today-31"
    Then the API refuses it with 2305 at "DocDtls.Dt"
    And with "DocDtls.Dt=today-30" instead it is registered

    Examples:
      | document          |
      | a B2B invoice     |
      | a B2B credit note |
      | a B2B debit note  |

  @API-rule-age-below @must @contract-invoices @from-2025-04-01
  Scenario: Below that it may be
    Given Asha is logged in to the trial API
    And the yearly turnover of Dakshin is 499 crore rupees
    When she registers a B2B invoice, changed by "DocDtls.Dt=today-31"
    Then it is registered

  @API-rule-note-alone @must @contract-invoices
  Scenario Outline: <document> needs no preceding document
    Given Asha is logged in to the trial API
    When she registers <document>
    Then it is registered

    Examples:
      | document          |
      | a B2B credit note |
      | a B2B debit note  |
