Feature: One API user for each pair of GSTIN and client id
  Sources: NIC's page on API credentials and its FAQ, which explain both pairs of credentials.

  @B04-01 @must @behaviour-04
  Scenario Outline: A GSP makes a dummy GSTIN in <state> and a user for it
    Given Girish is signed in to the trial portal as a GSP
    When he adds a dummy GSTIN in the state "<code>"
    And he creates the API user "<username>" for the dummy GSTIN
    Then the acknowledgement is shown for the Username "<username>"

    Examples:
      | state       | code | username   |
      | Karnataka   | 29   | dummy_kar  |
      | Maharashtra | 27   | dummy_maha |

  @B04-02 @must @behaviour-04 @contract-section1
  Scenario: Dummy GSTINs of one state are numbered
    Given Girish is signed in to the trial portal as a GSP
    When he adds a dummy GSTIN in the state "29"
    And he adds a dummy GSTIN in the state "29"
    Then his dummy GSTINs are "29" and his PAN and "000, 001"

  @B05-01 @must @behaviour-05
  Scenario Outline: Dakshin in <state> has a user of its own with the same client id
    Given Asha has created the API user "dakshin_kar" for Dakshin at the trial portal
    And she has verified the OTP for the registration of "<gstin>"
    When she creates the API user "<username>" through "Sahyadri GST Suvidha"
    Then the acknowledgement is shown for the Username "<username>"

    Examples:
      | state           | gstin           | username      |
      | Maharashtra     | 27ABCCD1234E1Z5 | dakshin_maha  |
      | Tamil Nadu      | 33ABCCD1234E1ZC | dakshin_tamil |
      | Andhra Pradesh  | 37ABCCD1234E1Z4 | dakshin_andh  |
      | Other Territory | 97ABCCD1234E1ZY | dakshin_other |

  @B05-02 @must @behaviour-05 @nic-3004
  Scenario: The other GSTIN cannot share the Username
    Given Asha has created the API user "dakshin_kar" for Dakshin at the trial portal
    And she has verified the OTP for the registration of "27ABCCD1234E1Z5"
    When she creates an API user with the Username "dakshin_kar"
    Then the portal refuses it as "username-taken" with NIC code 3004 "This username is already registered. Please choose a different username."

  @B06-01 @must @behaviour-06
  Scenario: A second user for a second GSP stands beside the first
    Given Asha has created the API user "dakshin_one" through "Sahyadri GST Suvidha" at the production portal
    And she has created the API user "dakshin_two" through "Konkan Tax Gateway" at the production portal
    When she looks at the list of API users
    Then the list has "API_dakshin_one" through "Sahyadri GST Suvidha", which is "ACTIVE"
    And the list has "API_dakshin_two" through "Konkan Tax Gateway", which is "ACTIVE"

  @B06-02 @must @behaviour-06
  Scenario: The trial portal gives a second user for a second GSP as well
    Given Asha has created the API user "dakshin_one" for Dakshin at the trial portal
    And she has verified the OTP for the registration of Dakshin
    When she creates the API user "dakshin_two" through "Konkan Tax Gateway"
    Then the acknowledgement is shown for the Username "dakshin_two"
