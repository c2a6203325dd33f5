Feature: An OTP after the password, at the production portal
  Source: NIC's advisories of 12/06/2023 and 17/12/2024. The guide has no OTP at Login, so a setting switches it on.

  @B29-01 @must @behaviour-26
  Scenario: Login asks for no OTP unless it is switched on
    When Asha logs in to the production portal as "dakshin29"
    Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal
    And no message was sent

  @B29-02 @must @behaviour-26 @sim
  Scenario: The right password sends an OTP by SMS and opens no session
    Given the production portal always asks for an OTP after the password
    When Asha logs in to the production portal as "dakshin29"
    Then an SMS with an OTP of 6 digits reaches "9876543210"
    And no SMS has reached "accounts@dakshin.example"
    And she has no session at the production portal

  @B29-03 @must @behaviour-26 @sim
  Scenario Outline: The OTP opens the session of <username>
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "<username>"
    When she enters the OTP
    Then she is logged in for "<gstin>", with a login of the "<portal>" portal

    Examples:
      | username  | gstin           | portal    |
      | dakshin29 | 29ABCCD1234E1Z1 | E_INVOICE |
      | ewbtel36  | 36ABCCE4321F1Z1 | EWAY_BILL |

  @B29-04 @must @behaviour-26 @sim
  Scenario: A wrong OTP costs an attempt and opens no session
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    When she enters a wrong OTP
    Then the portal refuses it as "otp-mismatch" without NIC code
    And 2 attempts are left
    And she has no session at the production portal

  @B29-05 @must @behaviour-26 @sim
  Scenario: The right OTP still logs in after wrong ones
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And she has entered a wrong OTP 2 times
    When she enters the OTP
    Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

  @B29-06 @must @behaviour-26 @sim
  Scenario: The third wrong OTP ends the login
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And she has entered a wrong OTP 2 times
    When she enters a wrong OTP
    Then the portal refuses it as "otp-attempts-exhausted" without NIC code
    And she has no session at the production portal

  @B29-07 @must @behaviour-26 @sim
  Scenario: The OTP of a login expires
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    When 11 minutes pass
    And she enters the OTP
    Then the portal refuses it as "otp-expired" without NIC code
    And she has no session at the production portal

  @B29-08 @must @behaviour-26 @sim
  Scenario: Asking again voids the former OTP of a login
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And she has asked for another OTP after 31 seconds
    When she enters the former OTP
    Then the portal refuses it as "otp-expired" without NIC code
    And she has no session at the production portal

  @B29-09 @must @behaviour-26 @sim
  Scenario: The newest OTP logs in
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And she has asked for another OTP after 31 seconds
    When she enters the OTP
    Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

  @B29-10 @must @behaviour-26 @sim
  Scenario: Another OTP for a login is sent after a while only
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    When she asks for another OTP after 5 seconds
    Then the portal refuses it as "otp-too-soon" without NIC code

  @B29-11 @must @behaviour-26 @sim
  Scenario: The OTP of another taxpayer does not log in
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And Mallory logs in to the production portal as "deccan29"
    When Mallory enters the OTP that Asha received
    Then the portal refuses it as "otp-mismatch" without NIC code
    And she has no session at the production portal

  @B29-12 @must @behaviour-26 @sim
  Scenario: A wrong password sends no OTP
    Given the production portal always asks for an OTP after the password
    When Mallory logs in as "dakshin29" with a wrong password
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"
    And no message was sent

  @B29-13 @must @behaviour-26 @sim
  Scenario: An account that cannot log in gets no OTP
    Given the production portal always asks for an OTP after the password
    And the GST registration of Dakshin is cancelled
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "account-cancelled" with NIC code 3034 "Your account has been cancelled as GSTIN is inactive"
    And no message was sent

  @B29-14 @must @json @behaviour-26 @sim
  Scenario: The OTP of a login is used up once it was right
    Given the production portal always asks for an OTP after the password
    And Asha logs in to the production portal as "dakshin29"
    And she has entered the OTP
    When she enters the OTP
    Then the portal refuses it as "wrong-state" without NIC code

  @B29-15 @must @behaviour-26 @nic-3012 @sim
  Scenario: Without a registered mobile there is nowhere to send the OTP
    Given the production portal always asks for an OTP after the password
    And the GST record of Dakshin has no mobile
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "mobile-blank" with NIC code 3012 "Mobile No. is blank for this GSTIN ..Pl use update from GST Common Portal option to get the mobile number, if updated in GST Common Portal."
    And she has no session at the production portal

  @B29-16 @must @behaviour-26 @sim
  Scenario: Create API User sends another OTP than Login
    Given the production portal always asks for an OTP after the password
    When Asha has verified an OTP at the production portal
    Then the form for the API user is open

  @B29-17 @must @behaviour-26
  Scenario Outline: As NIC does it, a turnover of <crore> crore rupees needs an OTP on <day>
    Given it is <day> by the clock
    And the yearly turnover of Dakshin is <crore> crore rupees
    And the production portal asks for an OTP after the password as NIC does
    When Asha logs in to the production portal as "dakshin29"
    Then an SMS with an OTP of 6 digits reaches "9876543210"
    And she has no session at the production portal

    Examples:
      | day        | crore |
      | 20/08/2023 | 100   |
      | 01/01/2025 | 20    |
      | 01/02/2025 | 5     |
      | 01/04/2025 | 0     |

  @B29-18 @must @behaviour-26
  Scenario Outline: As NIC does it, a turnover of <crore> crore rupees needs no OTP on <day>
    Given it is <day> by the clock
    And the yearly turnover of Dakshin is <crore> crore rupees
    And the production portal asks for an OTP after the password as NIC does
    When Asha logs in to the production portal as "dakshin29"
    Then she is logged in for "29ABCCD1234E1Z1", with a login of the "E_INVOICE" portal

    Examples:
      | day        | crore |
      | 19/08/2023 | 100   |
      | 20/08/2023 | 99    |
      | 31/12/2024 | 99    |
      | 31/01/2025 | 19    |
      | 31/03/2025 | 4     |
