Feature: Which API users may be created, and for which taxpayers
  Source: NIC's error list; the guide for the client id.

  @B14-01 @must @behaviour-14 @nic-3062
  Scenario Outline: A GSTIN that has a user for the company is told so at the <portal> portal
    Given Asha has created the API user "dakshin_one" through "Sahyadri GST Suvidha" at the <portal> portal
    And she has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_two" through "Sahyadri GST Suvidha"
    Then the portal refuses it as "already-registered" with NIC code 3062 "Already Registered"

    Examples:
      | portal     |
      | trial      |
      | production |

  @B15-01 @must @behaviour-15 @nic-3004
  Scenario Outline: A Username that another GSTIN has is taken at the <portal> portal
    Given Mallory has created the API user "invoices29" for Deccan at the <portal> portal
    And Asha has verified an OTP at the <portal> portal
    When Asha creates an API user with the Username "<username>"
    Then the portal refuses it as "username-taken" with NIC code 3004 "This username is already registered. Please choose a different username."
    And the refused field is "username"

    Examples:
      | portal     | username       |
      | trial      | invoices29     |
      | trial      | Invoices29     |
      | production | invoices29     |
      | production | API_INVOICES29 |

  @B16-01 @must @behaviour-16
  Scenario: The form stays open after a weak password
    Given Asha has verified the OTP for the registration of Dakshin
    And she has been refused for the Password "password"
    When she creates an API user with the Password "Trial@2024"
    Then the acknowledgement is shown

  @B17-01 @must @behaviour-17 @guide-1.8
  Scenario: A client id typed ERP is good for a registration through GSP
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user through "Sahyadri GST Suvidha" with the Client ID "AAFCC29ERP82ZSO"
    Then the acknowledgement names the Client ID "AAFCC29ERP82ZSO"

  @B17-02 @must @behaviour-17 @nic-1010
  Scenario: The client id of another company is refused
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user through "Sahyadri GST Suvidha" with the Client ID "AABCK27GSP4K7QX"
    Then the portal refuses it as "client-id-mismatch" with NIC code 1010 "Invalid Client-ID/Client-Secret"

  @B22-01 @must @behaviour-22 @nic-3030
  Scenario: A dummy GSTIN is invalid in production
    Given Girish is signed in to the trial portal as a GSP
    And he has added a dummy GSTIN in the state "29"
    When he asks production to remind the dummy GSTIN of its username
    Then the portal refuses it as "gstin-invalid" with NIC code 3030 "Invalid Gstin"

  @B22-02 @must @behaviour-22 @nic-3030
  Scenario: A dummy-shaped GSTIN that no GSP made is invalid
    When Mallory validates the details of Dakshin with "29ABCCD1234E000" as GSTIN
    Then the portal refuses it as "gstin-invalid" with NIC code 3030 "Invalid Gstin"

  @B22-03 @must @behaviour-22
  Scenario: A dummy GSTIN works with the client id of its own GSP only
    Given Girish is signed in to the trial portal as a GSP
    And he has added a dummy GSTIN in the state "29"
    And he has verified the OTP for the registration of the dummy GSTIN
    When he creates the API user "dummy_kar" through "Sahyadri GST Suvidha"
    Then the portal refuses it as "client-id-mismatch" with NIC code 1010 "Invalid Client-ID/Client-Secret"
