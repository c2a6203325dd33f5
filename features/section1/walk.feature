Feature: Section 1 of the guide, from Login to the acknowledgement
  Asha keeps the books of Dakshin. She makes credentials for testing at NIC's trial portal, for the
  company whose client id the guide gives. This scenario is the guide's first section as a whole; each
  step by itself is in steps.feature.

  @S1-walk @must @walk @behaviour-01
  @guide-1.1 @guide-1.2 @guide-1.3 @guide-1.4 @guide-1.5 @guide-1.6 @guide-1.7 @guide-1.8 @guide-1.9
  Scenario: Asha registers Dakshin through a GSP and gets the acknowledgement
    # 1.1
    Given Asha clicks Login and then "Register here"
    # 1.2
    And she selects "Taxpayer" on the Registration Form
    # 1.3
    When she enters the GSTIN "29ABCCD1234E1Z1", the Phone number "9876543210", the Email address "accounts@dakshin.example" and the Captcha
    And she clicks "Validate"
    # 1.4
    And she clicks "Send OTP"
    # 1.5
    And she enters the OTP received on the registered mobile and clicks "Submit"
    # 1.6
    Then her GSTIN "29ABCCD1234E1Z1" is shown
    When she selects "GSP" under "Registration through"
    # 1.7
    And she selects the Company Name "Sahyadri GST Suvidha"
    # 1.8
    And she enters the Client ID "AAFCC29ERP82ZSO", the Username "dakshin_trial" and a Password and clicks "Create"
    # 1.9
    Then the acknowledgement is shown for the Username "dakshin_trial"
