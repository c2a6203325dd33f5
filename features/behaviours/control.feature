Feature: What the control API lets a tester do
  A tester reads and changes what a real portal does not offer. Source: the contract.

  @CTL-healthy @simulator @contract-control
  Scenario: The simulator says that the control API is ready
    When Girish calls the health check of the control API
    Then the control API is ready

  @CTL-fixtures @simulator @contract-fixtures
  Scenario Outline: The fixtures have a taxpayer that is <kind>
    When Girish lists the taxpayers
    Then one of them is <kind>

    Examples:
      | kind             |
      | cancelled        |
      | inactive         |
      | provisional      |
      | suspended        |
      | without mobile   |
      | not enabled      |
      | transporter only |
      | a composition    |
      | a SEZ unit       |
      | an ISD           |

  @CTL-fixture-details @simulator @contract-fixtures
  Scenario Outline: "<gstin>" is on record and active
    When Girish lists the taxpayers
    Then "<gstin>" is on record and active

    Examples:
      | gstin           |
      | 29ABCCD1234E1Z1 |
      | 29ABCPD1234E2Z9 |
      | 27ABCCD1234E1Z5 |
      | 33ABCCD1234E1ZC |
      | 37ABCCD1234E1Z4 |
      | 97ABCCD1234E1ZY |
      | 36ABCCE4321F1Z1 |

  @CTL-fixture-providers @simulator @contract-fixtures
  Scenario Outline: <company> lends "<client id>"
    When Girish lists the providers
    Then "<company>" has the client id "<client id>"

    Examples:
      | company              | client id       |
      | Sahyadri GST Suvidha | AAFCC29ERP82ZSO |
      | Konkan Tax Gateway   | AABCK27GSP4K7QX |

  @CTL-settings @simulator @contract-control
  Scenario: A limit can be changed
    Given an OTP is valid for 1 minute
    And Asha waits for an OTP at the trial portal
    When 61 seconds pass
    And she enters the OTP
    Then the portal refuses it as "otp-expired" without NIC code

  @CTL-settings-back @simulator @contract-control
  Scenario: The defaults come back
    Given an OTP is valid for 1 minute
    And the settings are reset to their defaults
    And Asha waits for an OTP at the trial portal
    When 61 seconds pass
    And she enters the OTP
    Then the form for the API user is open

  @CTL-clock @simulator @contract-control
  Scenario: A frozen clock stands still and can be advanced
    Given the clock is frozen
    When 10 minutes pass
    Then the clock is frozen 10 minutes later

  @CTL-clock-real @simulator @contract-control
  Scenario: The clock goes back to real time
    Given the clock is frozen
    And 10 minutes pass
    When the clock is real again
    Then it is no later than the clock of another world

  @CTL-keys @simulator @contract-control
  Scenario: Each portal has a payload key of its own
    When Girish fetches the payload keys of both portals
    Then they are public keys, and they differ

  @CTL-journal @simulator @contract-control
  Scenario: The journal is newest first and can be narrowed down
    Given Asha has been sent the OTP for the registration of Dakshin
    And she is logged in to the production portal
    When the journal is read
    Then its newest entry is of the production portal
    And filtered by the trial portal it has only entries of that portal
    And limited to 1 entry it has only the newest

  @CTL-inbox @simulator @contract-control
  Scenario: The inbox is newest first and can be narrowed down
    Given Asha has been sent the OTP for the registration of Dakshin
    And Mallory waits for an OTP for Deccan at the trial portal
    When Girish reads the inbox
    Then its newest message is for "29ABCPD1234E2Z9"
    And filtered by "29ABCCD1234E1Z1" it has only the two messages of that GSTIN

  @CTL-inbox-cleared @simulator @contract-control
  Scenario: The inbox can be emptied
    Given Asha has been sent the OTP for the registration of Dakshin
    When the inbox is emptied
    Then no message was sent

  @CTL-worlds @simulator @contract-worlds
  Scenario: A world stands in the list until it is ended
    Given Asha has validated the registered details of Dakshin
    When Girish lists the worlds
    Then her world is listed
    And it is not listed after it has ended
