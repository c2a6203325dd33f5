Feature: The schema, INV-01 version 1.1
  Each row has a small change that the schema does not allow, the field that the journal names, and an
  equally small change that it allows. Source: NIC's schema, and the contract for its code.

  @API-rule-schema @must @contract-invoices @nic-5002
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                         | invoice       | change                                                                          | codes | path                         | instead                                                                         |
      | A mandatory member                           | a B2B invoice | SellerDtls.LglNm=none                                                           | 5002  | SellerDtls.LglNm             | nothing                                                                         |
      | A mandatory object                           | a B2B invoice | ValDtls=null                                                                    | 5002  | ValDtls                      | nothing                                                                         |
      | A mandatory number                           | a B2B invoice | ItemList[0].AssAmt=none                                                         | 5002  | ItemList[0].AssAmt           | nothing                                                                         |
      | A text of two letters where three are wanted | a B2B invoice | BuyerDtls.LglNm=AB                                                              | 5002  | BuyerDtls.LglNm              | BuyerDtls.LglNm=ABC                                                             |
      | A text of 101 letters where 100 are room for | a B2B invoice | BuyerDtls.LglNm=letters 101                                                     | 5002  | BuyerDtls.LglNm              | BuyerDtls.LglNm=letters 100                                                     |
      | An unknown supply type                       | a B2B invoice | TranDtls.SupTyp=B2C                                                             | 5002  | TranDtls.SupTyp              | nothing                                                                         |
      | An unknown tax scheme                        | a B2B invoice | TranDtls.TaxSch=VAT                                                             | 5002  | TranDtls.TaxSch              | nothing                                                                         |
      | An unknown document type                     | a B2B invoice | DocDtls.Typ=BOS                                                                 | 5002  | DocDtls.Typ                  | nothing                                                                         |
      | A document number that begins with 0         | a B2B invoice | DocDtls.No=0123                                                                 | 5002  | DocDtls.No                   | DocDtls.No=1~                                                                   |
      | A document number that begins with a stroke  | a B2B invoice | DocDtls.No=/123                                                                 | 5002  | DocDtls.No                   | DocDtls.No=1/~                                                                  |
      | A document number of 17 characters           | a B2B invoice | DocDtls.No=ABCDEFGHIJKLMNOPQ                                                    | 5002  | DocDtls.No                   | DocDtls.No=letters 16                                                           |
      | A date written otherwise                     | a B2B invoice | DocDtls.Dt=2026-06-01                                                           | 5002  | DocDtls.Dt                   | DocDtls.Dt=today                                                                |
      | A GSTIN of 14 characters                     | a B2B invoice | BuyerDtls.Gstin=29ABCPD1234E2Z                                                  | 5002  | BuyerDtls.Gstin              | nothing                                                                         |
      | A supplier who is URP                        | a B2B invoice | SellerDtls.Gstin=URP                                                            | 5002  | SellerDtls.Gstin             | nothing                                                                         |
      | A PIN code of five digits                    | a B2B invoice | BuyerDtls.Pin=58002                                                             | 5002  | BuyerDtls.Pin                | BuyerDtls.Pin=580021                                                            |
      | The state code 0                             | a B2B invoice | BuyerDtls.Stcd=0                                                                | 5002  | BuyerDtls.Stcd               | nothing                                                                         |
      | An HSN code of five digits                   | a B2B invoice | ItemList[0].HsnCd=84713                                                         | 5002  | ItemList[0].HsnCd            | ItemList[0].HsnCd=847131                                                        |
      | An amount with three decimals                | a B2B invoice | ItemList[0].TotAmt=1000.001                                                     | 5002  | ItemList[0].TotAmt           | ItemList[0].TotAmt=1000.01                                                      |
      | A quantity with four decimals                | a B2B invoice | ItemList[0].Qty=1.0001                                                          | 5002  | ItemList[0].Qty              | ItemList[0].Qty=1.001                                                           |
      | An amount below 0                            | a B2B invoice | ItemList[0].Discount=-1                                                         | 5002  | ItemList[0].Discount         | ItemList[0].Discount=1                                                          |
      | Rounding by 100 rupees                       | a B2B invoice | ValDtls.RndOffAmt=100                                                           | 5002  | ValDtls.RndOffAmt            | ValDtls.RndOffAmt=1                                                             |
      | Text for a number                            | a B2B invoice | ItemList[0].GstRt=text eighteen                                                 | 5002  | ItemList[0].GstRt            | ItemList[0].GstRt=text 18                                                       |
      | A backslash                                  | a B2B invoice | ItemList[0].PrdDesc=a\\b                                                        | 5002  | ItemList[0].PrdDesc          | ItemList[0].PrdDesc=a/b                                                         |
      | Reverse charge that is neither Y nor N       | a B2B invoice | TranDtls.RegRev=X                                                               | 5002  | TranDtls.RegRev              | TranDtls.RegRev=N                                                               |
      | A period that ends in 2060                   | a B2B invoice | RefDtls.DocPerdDtls.InvStDt=01/06/2026, RefDtls.DocPerdDtls.InvEndDt=01/01/2060 | 5002  | RefDtls.DocPerdDtls.InvEndDt | RefDtls.DocPerdDtls.InvStDt=01/06/2026, RefDtls.DocPerdDtls.InvEndDt=31/12/2059 |

  @API-rule-schema-words @must @contract-invoices @nic-5002
  Scenario Outline: In NIC's words: "<words>"
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "<change>"
    Then the API refuses it with 5002 "<words>"

    Examples:
      | change             | words                                                                                         |
      | DocDtls.No=none    | The Document Number field is required.                                                        |
      | BuyerDtls.LglNm=AB | The field Legal Name must be a string with a minimum length of 3 and a maximum length of 100. |
      | BuyerDtls.Loc=AB   | The field Location must be a string with a minimum length of 3 and a maximum length of 100.   |

  @API-rule-schema-attributes @must @contract-invoices @nic-5002
  Scenario Outline: Each attribute that a field fails is reported, and no other: <change>
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "<change>"
    Then the API refuses it with 5002 "<words>"
    And it also says "<also>"
    And it names 2 violations

    Examples:
      | change                           | words                                                                                               | also                                                             |
      | ValDtls.OthChrg=-50              | The field Other Charges must match the regular expression '…                                        | The field Other Charges must be between 0 and 99999999999999.98. |
      | TranDtls.EcmGstin=29ABCCO4680D1C | The field e-Commerce GSTIN must be a string with a minimum length of 15 and a maximum length of 15. | Invalid GSTIN                                                    |
      | DocDtls.No=ABCDEFGHIJKLMNOPQ     | The field Document Number must be a string with a minimum length of 1 and a maximum length of 16.   | The field Document Number must match the regular expression '…   |

  @API-rule-schema-decimals @must @contract-invoices @nic-5002
  Scenario: Too many decimals of a number within its range
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "ValDtls.RndOffAmt=0.019999999999999997"
    Then the API refuses it with 5002 "The field Round Off Amount must match the regular expression '…"
    And it names 1 violation

  @API-rule-schema-all @must @contract-invoices @nic-5002
  Scenario: An answer lists all violations
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "SellerDtls.LglNm=none, BuyerDtls.Loc=AB, ItemList[0].HsnCd=1234567, ValDtls.TotInvVal=none"
    Then the API refuses it with 5002 at "SellerDtls.LglNm"
    And it names 4 violations

  @API-rule-json @must @contract-invoices @nic-5002
  Scenario Outline: <what> that is <how>
    Given Asha is logged in to the trial API
    When she sends <what> that is <how>
    Then the API refuses it with 5002 "Application error, issue with application while processing the request. Please try again. If error persists kindly raise a ticket along with request JSON, error details and timestamp of the error occurrence."
    And the journal, and not the answer, has "<place>"

    Examples:
      | what                        | how             | place              |
      | an invoice                  | without a comma | line 3, column 2   |
      | an invoice                  | cut off         | line 1, column 8   |
      | an invoice                  | an array        | not a JSON object  |
      | an invoice                  | a text          | not a JSON object  |
      | an invoice                  | two objects     | more than one JSON |
      | a cancellation              | without a comma | line 3, column 2   |
      | a cancellation              | an array        | not a JSON object  |
      | a request for an e-way bill | without a comma | line 3, column 2   |
      | a request for an e-way bill | an array        | not a JSON object  |

  @API-rule-empty-request @must @contract-invoices @nic-2255
  Scenario Outline: <what> that is <how>
    Given Asha is logged in to the trial API
    When she sends <what> that is <how>
    Then the API refuses it with 2255 "Requested Payload is empty"

    Examples:
      | what                        | how   |
      | an invoice                  | null  |
      | a cancellation              | empty |
      | a cancellation              | null  |
      | a request for an e-way bill | empty |

  @API-rule-empty @must @contract-invoices @nic-2255
  Scenario: A document without a character
    Given Asha is logged in to the trial API
    When she registers an empty document
    Then the API refuses it with 2255 "Requested Payload is empty"
