Feature: Direct access is for large taxpayers that NIC has approved
  Source: NIC's error list and on-boarding page. The turnover asked for is a setting, 100 crore
  unless changed: NIC's own pages disagree about it.

  @B21-01 @must @behaviour-21 @contract-section2
  Scenario: A taxpayer with direct access creates a user with his own client id and secret
    Given Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_dir" through DIRECT with Dakshin's client id and secret
    Then the message says that the user "API_dakshin_dir" was created

  @B21-02 @must @behaviour-21 @contract-section1 @sim
  Scenario: The trial portal takes a direct client by its client id
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates the API user "dakshin_dir" through DIRECT with Dakshin's client id
    Then the acknowledgement is shown for the Username "dakshin_dir"

  @B21-03 @must @behaviour-21
  Scenario: A turnover below the threshold is too small for direct access
    Given the yearly turnover of Dakshin is 90 crore rupees
    And Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_dir" through DIRECT with Dakshin's client id and secret
    Then the portal refuses it as "direct-below-threshold" without NIC code

  @B21-04 @must @behaviour-21
  Scenario: The threshold is a setting
    Given the yearly turnover of Dakshin is 90 crore rupees
    And direct access begins at 80 crore rupees
    And Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_dir" through DIRECT with Dakshin's client id and secret
    Then the message says that the user "API_dakshin_dir" was created
