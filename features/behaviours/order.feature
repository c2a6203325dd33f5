Feature: Each step of the guide is taken once and in order
  Source: the order of the guide. A step that is too early or repeated changes nothing.

  @B25-01 @must @json @behaviour-25 @guide-1.5
  Scenario: Create without OTP
    Given Mallory has validated the registered details of Dakshin
    When she creates the API user "mallory29" through "Sahyadri GST Suvidha"
    Then the portal refuses it as "wrong-state" without NIC code
    And the flow is in "VALIDATED" and should be in "OTP_VERIFIED"

  @B25-02 @must @json @behaviour-25 @guide-1.4
  Scenario: An OTP before Send OTP
    Given Mallory has validated the registered details of Dakshin
    When she enters a wrong OTP
    Then the portal refuses it as "wrong-state" without NIC code
    And the flow is in "VALIDATED" and should be in "OTP_SENT"

  @B25-03 @must @json @behaviour-25 @guide-2.5
  Scenario: Submit without OTP in production
    Given Asha has been sent the OTP of an API registration
    When she creates the API user "dakshin_live" through "Konkan Tax Gateway"
    Then the portal refuses it as "wrong-state" without NIC code
    And the flow is in "OTP_SENT" and should be in "OTP_VERIFIED"

  @B25-04 @must @json @behaviour-25
  Scenario Outline: A double click makes one user at the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she clicks twice to create the API user "dakshin_one"
    Then one click made the user and the other was refused as "wrong-state"

    Examples:
      | portal     |
      | trial      |
      | production |

  @B25-05 @must @json @behaviour-25
  Scenario: After the acknowledgement the form is closed
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    When she creates the API user "dakshin_two" through "Konkan Tax Gateway"
    Then the portal refuses it as "wrong-state" without NIC code
    And the flow is in "COMPLETED" and should be in "OTP_VERIFIED"

  @B25-10 @must @json @behaviour-25
  Scenario Outline: Once the OTP was right the <portal> portal sends no other
    Given Asha has verified an OTP at the <portal> portal
    When she asks for another OTP after 31 seconds
    Then the portal refuses it as "wrong-state" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @B25-06 @must @json @behaviour-25
  Scenario: A refused step leaves the flow as it was
    Given Asha has been sent the OTP for the registration of Dakshin
    And she has been refused for creating an API user too early
    When she enters the OTP
    Then the form for the API user is open

  @B25-07 @must @behaviour-25 @contract-section2
  Scenario: An idle session ends the flow in production
    Given Asha has been sent the OTP of an API registration
    When 16 minutes pass
    And she enters the OTP
    Then the portal refuses it as "session-expired" without NIC code

  @B25-08 @must @behaviour-25 @nic-3020
  Scenario Outline: While the portals have an outage the <portal> portal says so
    Given the portals have an outage
    When Asha asks the <portal> portal for a captcha
    Then the portal refuses it as "outage" with NIC code 3020 "Internal Server Error pls try after sometime"
    And the refusal says how long to wait

    Examples:
      | portal     |
      | trial      |
      | production |

  @B25-09 @must @behaviour-25
  Scenario: After an outage the flow goes on where it was
    Given Asha has been sent the OTP for the registration of Dakshin
    And the portals had an outage that is over
    When she enters the OTP
    Then the form for the API user is open
