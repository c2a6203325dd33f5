Feature: Refusals of dummy GSTINs

  @REF-gsp-only @must @sim
  Scenario Outline: An <category> adds a dummy GSTIN
    Given Girish is signed in to the trial portal as an <category>
    When he adds a dummy GSTIN in the state "29"
    Then the portal refuses it as "gsp-only" without NIC code

    Examples:
      | category |
      | ERP      |
      | ECO      |

  @REF-gsp-only-user @must @sim
  Scenario: An API user adds a dummy GSTIN
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she has signed in to the trial portal as "dakshin_one"
    When she adds a dummy GSTIN in the state "29"
    Then the portal refuses it as "gsp-only" without NIC code

  @REF-dummy-session @must @contract-section1
  Scenario: A dummy GSTIN without signing in
    Given Mallory has no session at the trial portal
    When she adds a dummy GSTIN in the state "29"
    Then the portal refuses it as "session-required" without NIC code

  @REF-state-code-invalid @must @sim
  Scenario Outline: A dummy GSTIN in the state "<state>"
    Given Girish is signed in to the trial portal as a GSP
    When he adds a dummy GSTIN in the state "<state>"
    Then the portal refuses it as "state-code-invalid" without NIC code
    And the refused field is "stateCode"

    Examples:
      | state |
      |       |

    @json
    Examples:
      | state |
      | 00    |
      | 55    |
      | KA    |
