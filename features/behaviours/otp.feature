Feature: The OTP is valid for one flow, once, for a short time
  Source: the guide's steps 1.4, 1.5, 2.4 and 2.5. NIC publishes neither limits nor words; both are ours.

  @B12-01 @must @behaviour-12 @contract-section1
  Scenario Outline: A wrong OTP at the <portal> portal costs an attempt
    Given Asha waits for an OTP at the <portal> portal
    When she enters a wrong OTP
    Then the portal refuses it as "otp-mismatch" without NIC code
    And 2 attempts are left

    Examples:
      | portal     |
      | trial      |
      | production |

  @B12-02 @must @behaviour-12
  Scenario Outline: After a wrong OTP the right one still opens the form at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    And she has entered a wrong OTP 2 times
    When she enters the OTP
    Then the form for the API user is open

    Examples:
      | portal     |
      | trial      |
      | production |

  @B12-03 @must @json @behaviour-12
  Scenario Outline: The OTP is used up at the <portal> portal once it was right
    Given Asha waits for an OTP at the <portal> portal
    And she has entered the OTP
    When she enters the OTP
    Then the portal refuses it as "wrong-state" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @B12-04 @must @behaviour-12
  Scenario Outline: Asking again voids the former OTP at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    And she has asked for another OTP after 31 seconds
    When she enters the former OTP
    Then the portal refuses it as "otp-expired" without NIC code
    And the next OTP opens the form for the API user

    Examples:
      | portal     |
      | trial      |
      | production |

  @B12-05 @must @behaviour-12 @sim
  Scenario: Asking again gives no new attempts
    Given Asha waits for an OTP at the trial portal
    And she has entered a wrong OTP 2 times
    When 31 seconds pass
    And she clicks "Send OTP"
    Then 1 attempt is left

  @B12-06 @must @behaviour-12
  Scenario: The OTP of another flow does not fit
    Given Asha waits for an OTP at the trial portal
    And Mallory waits for an OTP for Deccan at the trial portal
    When Mallory enters the OTP that Asha received
    Then the portal refuses it as "otp-mismatch" without NIC code

  @B23-01 @must @behaviour-23
  Scenario: A delayed SMS arrives later
    Given SMS messages take 5 minutes to arrive
    And Asha waits for an OTP at the production portal
    When 5 minutes pass
    Then an SMS with an OTP of 6 digits reaches "9876543210"

  @B23-02 @must @behaviour-23
  Scenario: A delayed SMS is not there before its time
    Given SMS messages take 5 minutes to arrive
    When Asha waits for an OTP at the production portal
    Then no SMS has reached "9876543210"

  @B23-03 @must @behaviour-23
  Scenario: When the SMS is lost, another OTP may be asked for
    Given SMS messages are dropped
    And Asha waits for an OTP at the production portal
    When SMS messages arrive again
    And she asks for another OTP after 31 seconds
    Then an SMS with an OTP of 6 digits reaches "9876543210"

  @B23-04 @should @behaviour-23
  Scenario: When the SMS is lost, the e-mail still brings the OTP
    Given SMS messages are dropped
    And Asha waits for an OTP at the production portal
    When she enters the OTP received by e-mail
    Then the form for the API user is open

  @B23-05 @must @behaviour-23 @nic-3012
  Scenario: A record without mobile cannot register until the GST record has one
    Given the GST record of Dakshin has no mobile
    And Asha has been refused as "mobile-blank"
    When the GST record of Dakshin gets the mobile "9876543210"
    And she validates the registered details of Dakshin
    Then "Send OTP" has become usable

  @B23-06 @must @behaviour-23 @nic-3012
  Scenario: Create API User needs a mobile on record too
    Given Asha is logged in to the production portal
    And the GST record of Dakshin has no mobile
    When she clicks "User Credentials" and then "Create API User"
    Then the portal refuses it as "mobile-blank" with NIC code 3012 "Mobile No. is blank for this GSTIN ..Pl use update from GST Common Portal option to get the mobile number, if updated in GST Common Portal."
