Feature: NIC's rules about supplier, recipient and operator
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-party @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                  | invoice                        | change                          | codes | path              | instead               |
      | Supplier and recipient are two        | a B2B invoice                  | BuyerDtls.Gstin=supplier        | 2211  | BuyerDtls.Gstin   | nothing               |
      | The recipient's GSTIN could be one    | a B2B invoice                  | BuyerDtls.Gstin=291111111111111 | 2288  | BuyerDtls.Gstin   | nothing               |
      | The recipient's GSTIN is registered   | a B2B invoice                  | BuyerDtls.Gstin=unknown         | 3028  | BuyerDtls.Gstin   | nothing               |
      | The GSTIN of ship-to is registered    | a B2B invoice                  | ship-to=unknown 29 560001       | 3028  | ShipDtls.Gstin    | ship-to=URP 29 560001 |
      | Ship-to is active or suspended        | a B2B invoice                  | ship-to=inactive                | 3029  | ShipDtls.Gstin    | ship-to=suspended     |
      | The recipient is active or suspended  | a B2B invoice to another state | recipient=inactive              | 3076  | BuyerDtls.Gstin   | recipient=suspended   |
      | A supplier who asks names no operator | a B2B invoice                  | TranDtls.EcmGstin=operator      | 2299  | TranDtls.EcmGstin | nothing               |

  @API-rule-recipient-dates @must @contract-invoices
  Scenario Outline: <rule>
    Given it is 15/07/2026 by the clock
    And Asha is logged in to the trial API
    And a taxpayer "29ABECR0058M1Z0" is on record, <status>, registered on "<registered>" and cancelled on "<cancelled>"
    When she registers a B2B invoice, changed by "recipient=29ABECR0058M1Z0 29 560001, DocDtls.Dt=<date>"
    Then the API refuses it with <code> at "<path>"
    And with "recipient=29ABECR0058M1Z0 29 560001, DocDtls.Dt=<instead>" instead it is registered

    Examples:
      | rule                                            | status    | registered | cancelled  | date       | code | path       | instead    |
      | A document is not later than the cancellation   | cancelled | 2025-05-01 | 2025-12-31 | 01/01/2026 | 3074 | DocDtls.Dt | 31/12/2025 |
      | A document is not earlier than the registration | cancelled | 2025-05-01 | 2025-12-31 | 30/04/2025 | 3077 | DocDtls.Dt | 01/05/2025 |
      | Nor for an active taxpayer                      | active    | 2025-05-01 |            | 30/04/2025 | 3079 | DocDtls.Dt | 01/05/2025 |

  @API-rule-recipient-no-dates @must @contract-invoices
  Scenario Outline: It is known when a recipient whose registration was cancelled <what>
    Given it is 15/07/2026 by the clock
    And Asha is logged in to the trial API
    And a taxpayer "29ABECR0058M1Z0" is on record, cancelled, registered on "<registered>" and cancelled on "<cancelled>"
    When she registers a B2B invoice, changed by "recipient=29ABECR0058M1Z0 29 560001, DocDtls.Dt=31/12/2025"
    Then the API refuses it with <code> at "BuyerDtls.Gstin"

    Examples:
      | what            | registered | cancelled  | code |
      | was so          | 2025-05-01 |            | 3075 |
      | began to be one |            | 2025-12-31 | 3078 |

  @API-rule-supplier-status @must @contract-invoices @nic-3029
  Scenario Outline: A supplier who became <status> registers nothing
    Given Asha is logged in to the trial API
    And the GST registration of Dakshin is <status>
    When she registers a B2B invoice
    Then the API refuses it with 3029 at "SellerDtls.Gstin"

    Examples:
      | status    |
      | suspended |
      | inactive  |

  @API-rule-supplier-enabled @must @contract-invoices @nic-3026
  Scenario: A supplier who is no longer enabled registers nothing
    Given Asha is logged in to the trial API
    And Dakshin is not enabled for e-invoicing
    When she registers a B2B invoice
    Then the API refuses it with 3026 at "SellerDtls.Gstin"

  @API-rule-supplier-type @must @contract-invoices
  Scenario Outline: A supplier of the type <type> registers nothing
    Given Asha is logged in to the trial API
    And Dakshin is a taxpayer of the type "<type>"
    When she registers a B2B invoice
    Then the API refuses it with <code> at "SellerDtls.Gstin"

    Examples:
      | type | code |
      | SEZ  | 2231 |
      | COM  | 2300 |
      | ISD  | 2300 |
      | TCS  | 2300 |

  @API-rule-supplier-casual @must @contract-invoices
  Scenario: A casual taxpayer registers invoices
    Given Asha is logged in to the trial API
    And Dakshin is a taxpayer of the type "CTP"
    When she registers a B2B invoice
    Then it is registered

  @API-rule-developer @must @contract-invoices
  Scenario: The developer of an SEZ charges IGST within the state, too
    Given Asha is logged in to the trial API
    And Dakshin is a taxpayer of the type "SED"
    When she registers a B2B invoice
    Then the API refuses it with 2174, 2235 at "ItemList[0].CgstAmt"
    And with "IGST instead of CGST and SGST" instead it is registered

  @API-rule-requester @must @contract-invoices @nic-2169
  Scenario: A taxpayer does not register what others supply
    Given Mallory is logged in to the trial API
    When she registers a B2B invoice of Dakshin to another state
    Then the API refuses it with 2169 at "SellerDtls.Gstin"

  @API-rule-operator @must @contract-invoices @nic-2301
  Scenario: An e-commerce operator registers the supplies of others
    Given Girish is logged in to the trial API for "29ABCCO4680D1CN"
    When he registers a B2B invoice of Dakshin
    Then the API refuses it with 2301 at "TranDtls.EcmGstin"
    And with "TranDtls.EcmGstin=29ABCCO4680D1CN" instead it is registered

  @API-rule-operator-supplier @must @contract-invoices @nic-3028
  Scenario: The operator's supplier must be a registered taxpayer
    Given Girish is logged in to the trial API for "29ABCCO4680D1CN"
    When he registers a B2B invoice of Dakshin, changed by "TranDtls.EcmGstin=29ABCCO4680D1CN, SellerDtls.Gstin=29ABZCX4321K1ZF"
    Then the API refuses it with 3028 at "SellerDtls.Gstin"

  @API-rule-operator-tcs @must @contract-invoices @nic-2195
  Scenario: A taxpayer that collects no tax is not an operator
    Given Girish is logged in to the trial API for "07ABCFG5678H1Z4"
    When he registers a B2B invoice of Dakshin, changed by "TranDtls.EcmGstin=07ABCFG5678H1Z4"
    Then the API refuses it with 2195 at "TranDtls.EcmGstin"
