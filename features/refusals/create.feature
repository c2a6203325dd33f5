Feature: Refusals of Create and Submit, the forms for the API user

  @REF-provider-unknown @must @json @contract-section1 @contract-section2
  Scenario Outline: A company that is not on the list of the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_one" through "Nowhere Gateway"
    Then the portal refuses it as "provider-unknown" without NIC code
    And the refused field is "companyName"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-provider-other-list @must @json @sim
  Scenario Outline: A company of another list at the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_one" through the ERP "Konkan Tax Gateway"
    Then the portal refuses it as "provider-unknown" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-client-id-mismatch @must @contract-section1 @nic-1010
  Scenario Outline: <what> as Client ID
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user through "Sahyadri GST Suvidha" with the Client ID "<client id>"
    Then the portal refuses it as "client-id-mismatch" with NIC code 1010 "Invalid Client-ID/Client-Secret"
    And the refused field is "clientId"

    Examples:
      | what                      | client id       |
      | An unknown one            | ABZCX29GSP00000 |
      | That of another company   | AABCK27GSP4K7QX |
      | Something else altogether | dakshin         |
      | Nothing                   |                 |

  @REF-username-invalid @must @contract-section1 @contract-section2 @nic-3031
  Scenario Outline: A Username with <mistake> at the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she creates an API user with the Username "<username>"
    Then the portal refuses it as "username-invalid" with NIC code 3031 "Invalid User Name"
    And the refused field is "username"

    Examples:
      | portal     | mistake          | username             |
      | trial      | nothing in it    |                      |
      | trial      | 5 characters     | dak29                |
      | trial      | 16 characters    | dakshin_trial_29     |
      | trial      | a digit in front | 29dakshin            |
      | trial      | a _ in front     | _dakshin29           |
      | trial      | a hyphen         | dakshin-29           |
      | trial      | a blank          | dakshin 29           |
      | trial      | a foreign letter | dakshín29            |
      | production | 5 characters     | dak29                |
      | production | 16 characters    | dakshin_live_029     |
      | production | 16 after API_    | API_dakshin_live_029 |
      | production | a hyphen         | dakshin-29           |

  @REF-username-taken @must @contract-section1 @contract-section2 @nic-3004
  Scenario Outline: One's own Username of another registration at the <portal> portal
    Given Asha has created the API user "dakshin_one" through "Sahyadri GST Suvidha" at the <portal> portal
    And she has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_one" through "Konkan Tax Gateway"
    Then the portal refuses it as "username-taken" with NIC code 3004 "This username is already registered. Please choose a different username."
    And the refused field is "username"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-password-policy @must @contract-section1 @contract-section2 @nic-3003 @behaviour-16
  Scenario Outline: A Password with <mistake> at the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she creates an API user with the Password "<password>"
    Then the portal refuses it as "password-policy" with NIC code 3003 "Password should contains atleast one upper case, one lower case, one number and one special characters like [%,$,#,@,_,!,*]"
    And the refused field is "password"

    Examples:
      | portal     | mistake              | password         |
      | trial      | nothing in it        |                  |
      | trial      | 7 characters         | Trial@2          |
      | trial      | 16 characters        | Trial@2024Trial@ |
      | trial      | no upper case        | trial@2024       |
      | trial      | no lower case        | TRIAL@2024       |
      | trial      | no number            | Trial@Trial      |
      | trial      | no special character | Trial2024        |
      | trial      | another special one  | Trial-2024       |
      | production | 7 characters         | Trial@2          |
      | production | 16 characters        | Trial@2024Trial@ |
      | production | no upper case        | trial@2024       |
      | production | no lower case        | TRIAL@2024       |
      | production | no number            | Trial@Trial      |
      | production | no special character | Trial2024        |

  @REF-password-confirmation @must @contract-section1 @contract-section2 @behaviour-16
  Scenario Outline: Two different Passwords at the <portal> portal
    Given Asha has verified an OTP at the <portal> portal
    When she creates an API user and re-enters another Password
    Then the portal refuses it as "password-confirmation" without NIC code
    And the refused field is "confirmPassword"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-already-registered @must @contract-section1 @contract-section2 @nic-3062
  Scenario Outline: A second user for the same company at the <portal> portal
    Given Asha has created the API user "dakshin_one" through "Konkan Tax Gateway" at the <portal> portal
    And she has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_two" through "Konkan Tax Gateway"
    Then the portal refuses it as "already-registered" with NIC code 3062 "Already Registered"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-through-invalid @must @json @sim
  Scenario Outline: A way of registration that the <portal> portal does not offer
    Given Asha has verified an OTP at the <portal> portal
    When she creates the API user "dakshin_one" through the BANK "Konkan Tax Gateway"
    Then the portal refuses it as "registration-through-invalid" without NIC code
    And the refused field is "registrationThrough"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-create-all-violations @must @contract-conventions
  Scenario: Every refused field is named, in the order of the form
    Given Asha has verified the OTP for the registration of Dakshin
    When she creates an API user with the Username "x" and the Password "y"
    Then the portal refuses it as "username-invalid" with NIC code 3031 "Invalid User Name"
    And the refused fields are "username, password"

  @REF-category-mismatch-user @must @json @sim @nic-3044
  Scenario: A GSP asks for an API user where its client credentials are due
    Given Girish has verified the OTP for the registration of a new GSP
    When he creates the API user "girish_one" through "Konkan Tax Gateway"
    Then the portal refuses it as "category-mismatch" with NIC code 3044 "This registration only for tax payers not GSP."

  @REF-category-mismatch-credentials @must @json @sim @nic-3044
  Scenario: A taxpayer asks for client credentials
    Given Asha has verified the OTP for the registration of Dakshin
    When she asks for client credentials
    Then the portal refuses it as "category-mismatch" with NIC code 3044 "This registration only for tax payers not GSP."

  @REF-credentials-twice @must @json @contract-conventions
  Scenario: Client credentials are given once in a registration
    Given Girish has got client credentials for a new GSP
    When he asks for client credentials
    Then the portal refuses it as "wrong-state" without NIC code

  @REF-already-registered-pan @must @sim @nic-3062
  Scenario: A PAN that has client credentials already
    Given Girish has got client credentials for a new GSP
    And he has verified the OTP for the registration of the same GSP
    When he asks for client credentials
    Then the portal refuses it as "already-registered" with NIC code 3062 "Already Registered"
