Feature: Reading what was registered
  Source: NIC's pages on Get IRN details, by IRN and by document, and on rejected IRNs.

  @API-read @must @contract-invoices
  Scenario Outline: By <by>
    Given Asha is logged in to the trial API
    And she has registered <invoice>
    When she reads it by its <by>
    Then it reads as it was registered

    Examples:
      | invoice           | by              |
      | a B2B invoice     | IRN             |
      | a B2B invoice     | IRN in capitals |
      | a B2B invoice     | document        |
      | a B2B credit note | document        |
      | an EXPWP invoice  | IRN             |

    @from-2025-06-01
    Examples:
      | invoice       | by                        |
      | a B2B invoice | document in small letters |

  @API-read-recipient @must @contract-invoices
  Scenario: The recipient may read it
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And Mallory is logged in to the trial API
    When she reads it by its IRN
    Then it reads as it was registered

  @API-read-stranger @must @contract-invoices @nic-2143
  Scenario: Another taxpayer may not
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice to another state
    And Mallory is logged in to the trial API
    When she reads it by its IRN
    Then the API refuses it with 2143 "Invoice does not belongs to the user GSTIN"

  @API-read-others-document @must @contract-invoices @nic-2154
  Scenario: By document a taxpayer finds only their own invoices
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And Mallory is logged in to the trial API
    When she reads it by its document
    Then the API refuses it with 2154 "IRN details are not found"

  @API-read-window @must @contract-invoices
  Scenario Outline: It can be read by <by> for two days
    Given the clock is frozen
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    When 47 hours pass
    And 59 minutes pass
    And she reads it by its <by>
    Then it reads as it was registered

    Examples:
      | by       |
      | IRN      |
      | document |

  @API-read-late @must @contract-invoices @nic-2283
  Scenario Outline: It cannot be read by <by> after two days
    Given the clock is frozen
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    When 48 hours pass
    And 1 second passes
    And she reads it by its <by>
    Then the API refuses it with 2283 "IRN details cannot be provided as it is generated more than 2 days prior"

    Examples:
      | by       |
      | IRN      |
      | document |

  @API-read-unknown @must @contract-invoices
  Scenario Outline: An unknown invoice by <by>
    Given Asha is logged in to the trial API
    When she reads an unknown invoice by <by>
    Then the API refuses it with <code> "<words>"

    @nic-2148
    Examples:
      | by  | code | words                               |
      | IRN | 2148 | Requested IRN data is not available |

    @nic-2154
    Examples:
      | by       | code | words                     |
      | document | 2154 | IRN details are not found |

  @API-read-other-portal @must @contract-listeners @nic-2148
  Scenario: The other portal does not know it
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she is logged in to the production API
    When she reads it by its IRN
    Then the API refuses it with 2148 "Requested IRN data is not available"

  @API-read-rejected @must @contract-api
  Scenario: No IRN is rejected while no other IRP has registered its number
    Given Asha is logged in to the trial API
    When she asks which IRNs were rejected today
    Then no IRN is listed

  @API-read-rejected-date @must @contract-api @nic-2282
  Scenario: A date that does not exist
    Given Asha is logged in to the trial API
    When she asks which IRNs were rejected on "2026-06-01"
    Then the API refuses it with 2282
