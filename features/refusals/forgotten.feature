Feature: Refusals of Forgot Username and Forgot Password
  The paths are ours; the words are NIC's.

  @REF-remind-contact @must @behaviour-24 @sim @nic-3006
  Scenario: The mobile is not the registered one
    When Mallory asks to be reminded of the username of Dakshin at "9876500001"
    Then the portal refuses it as "contact-mismatch" with NIC code 3006 "Invalid Mobile Number"

  @REF-remind-not-registered @must @behaviour-24 @sim @nic-3045
  Scenario: Forgot Username for a GSTIN without login
    Given the taxpayer "29ABECR0058M1Z0" has no portal login
    When Asha asks to be reminded of the username of "29ABECR0058M1Z0"
    Then the portal refuses it as "not-registered" with NIC code 3045 "Sorry you are not registered, Please use the registration option."

  @REF-reset-username @must @behaviour-24 @sim @nic-3005
  Scenario: Forgot Password with the username of another GSTIN
    When Mallory asks for a new password of "ewbtel36" for Dakshin
    Then the portal refuses it as "username-mismatch" with NIC code 3005 "Requested data is not found"

  @REF-reset-contact @must @behaviour-24 @sim @nic-3006
  Scenario: Forgot Password with another mobile
    When Mallory asks for a new password of "dakshin29" at "9876500001"
    Then the portal refuses it as "contact-mismatch" with NIC code 3006 "Invalid Mobile Number"

  @REF-reset-not-registered @must @behaviour-24 @sim @nic-3045
  Scenario: Forgot Password for a GSTIN without login
    Given the taxpayer "29ABECR0058M1Z0" has no portal login
    When Asha asks for a new password of "dakshin29" for "29ABECR0058M1Z0"
    Then the portal refuses it as "not-registered" with NIC code 3045 "Sorry you are not registered, Please use the registration option."

  @REF-reset-otp @must @behaviour-24 @sim
  Scenario: Forgot Password with a wrong OTP
    Given Asha has asked for a new password of "dakshin29"
    When she enters a wrong OTP
    Then the portal refuses it as "otp-mismatch" without NIC code
    And 2 attempts are left

  @REF-reset-order @must @json @behaviour-24 @sim
  Scenario: A new password before the OTP
    Given Asha has asked for a new password of "dakshin29"
    When she chooses the new password "Dakshin#2025"
    Then the portal refuses it as "wrong-state" without NIC code

  @REF-reset-policy @must @behaviour-24 @sim @nic-3003
  Scenario: A weak new password
    Given Asha has verified the OTP for a new password of "dakshin29"
    When she chooses the new password "weak"
    Then the portal refuses it as "password-policy" with NIC code 3003 "Password should contains atleast one upper case, one lower case, one number and one special characters like [%,$,#,@,_,!,*]"

  @REF-reset-confirmation @must @behaviour-24 @sim
  Scenario: Two different new passwords
    Given Asha has verified the OTP for a new password of "dakshin29"
    When she chooses the new password "Dakshin#2025" and re-enters another
    Then the portal refuses it as "password-confirmation" without NIC code
