Feature: Section 2 of the guide, from Login to the success message
  After her tests, Asha makes the credentials for real invoices at the production portal. This scenario is
  the guide's second section as a whole; each step by itself is in steps.feature.

  @S2-walk @must @walk @behaviour-02
  @guide-2.1 @guide-2.3 @guide-2.4 @guide-2.5 @guide-2.6 @guide-2.7 @guide-2.8 @guide-2.9
  Scenario: Asha creates an API user for Dakshin through a GSP
    # 2.1
    Given Asha clicks Login and enters the Username "dakshin29", its Password and the Captcha
    # 2.3
    When she clicks "API Registration"
    # 2.4
    And she clicks "User Credentials" and then "Create API User"
    # 2.5
    And she enters the OTP and clicks "Verify OTP"
    # 2.6
    And she clicks "Through GSP"
    # 2.7
    And she selects the GSP "Konkan Tax Gateway"
    # 2.8
    And she enters the Username "dakshin_live" and a Password of her own for the API and clicks "Submit"
    # 2.9
    Then the message says that the user "API_dakshin_live" was created

  @S2-walk-ewb @must @walk @behaviour-02 @behaviour-03
  @guide-2.1 @guide-2.2 @guide-2.3 @guide-2.4 @guide-2.5 @guide-2.6 @guide-2.7 @guide-2.8 @guide-2.9
  Scenario: The E-Way Bill portal's login opens the portal too
    # 2.1, 2.2
    Given Asha clicks Login and enters the Username "ewbtel36", its Password and the Captcha
    # 2.3
    When she clicks "API Registration"
    # 2.4
    And she clicks "User Credentials" and then "Create API User"
    # 2.5
    And she enters the OTP and clicks "Verify OTP"
    # 2.6
    And she clicks "Through GSP"
    # 2.7
    And she selects the GSP "Sahyadri GST Suvidha"
    # 2.8
    And she enters the Username "telangana_live" and a Password of her own for the API and clicks "Submit"
    # 2.9
    Then the message says that the user "API_telangana_live" was created
