Feature: Refusals around API users in production

  @REF-others-flow @must @contract-section2
  Scenario Outline: Mallory <act> in Asha's API registration
    Given Asha has been sent the OTP of an API registration
    And Mallory is logged in to the production portal for Deccan
    When Mallory <act> in Asha's API registration
    Then the portal refuses it as "not-found" without NIC code

    Examples:
      | act                 |
      | sends another OTP   |
      | enters Asha's OTP   |
      | creates an API user |

  @REF-others-user @must @contract-section2
  Scenario Outline: Mallory <act> of Asha's API user
    Given Asha has created the API user "dakshin_live" at the production portal
    And Mallory is logged in to the production portal for Deccan
    When Mallory <step>
    Then the portal refuses it as "not-found" without NIC code

    Examples:
      | act                  | step                                       |
      | changes the password | changes the password of "API_dakshin_live" |
      | makes a frozen user  | freezes "API_dakshin_live"                 |

  @REF-unknown-user @must @contract-section2
  Scenario: An API user who does not exist
    Given Asha is logged in to the production portal
    When she freezes "API_nobody_here"
    Then the portal refuses it as "not-found" without NIC code

  @REF-client-credentials-mismatch @must @contract-section2 @nic-1010
  Scenario Outline: DIRECT with <what>
    Given Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_dir" through DIRECT with <what>
    Then the portal refuses it as "client-credentials-mismatch" with NIC code 1010 "Invalid Client-ID/Client-Secret"

    Examples:
      | what                                   |
      | Dakshin's client id and a wrong secret |
      | an unknown client id                   |
      | Sahyadri's client id and secret        |

  @REF-direct-applicant @must @behaviour-21 @sim
  Scenario Outline: DIRECT while the application <state>
    Given Asha works for the taxpayer whose application for direct access <state>
    And she has verified the OTP of an API registration
    When she creates the API user "direct_one" through DIRECT with an unknown client id
    Then the portal refuses it as "<code>" with NIC code <nic> "<words>"

    @nic-3059
    Examples:
      | state         | code               | nic  | words                                                                      |
      | awaits its IP | direct-awaiting-ip | 3059 | Client-Id for this PAN is not generated check your IP-Whitelisting status. |

    @nic-3060
    Examples:
      | state              | code                    | nic  | words                            |
      | awaits the officer | direct-awaiting-officer | 3060 | Please wait for officer approval |

    @nic-3061
    Examples:
      | state        | code            | nic  | words                                                 |
      | was rejected | direct-rejected | 3061 | Your Request has been rejected, please register again |

  @REF-direct-below-threshold @must @behaviour-21 @sim
  Scenario: DIRECT with a turnover below the threshold
    Given the yearly turnover of Dakshin is 99 crore rupees
    And Asha has verified the OTP of an API registration
    When she creates the API user "dakshin_dir" through DIRECT with Dakshin's client id and secret
    Then the portal refuses it as "direct-below-threshold" without NIC code

  @REF-password-reused @must @contract-section2 @behaviour-24 @nic-3023
  Scenario: The new password is the old one
    Given Asha has created the API user "dakshin_live" at the production portal
    When she changes the password of "API_dakshin_live" to the one it has
    Then the portal refuses it as "password-reused" with NIC code 3023 "The New PassWord And Old PassWord Cannot Be Same"

  @REF-password-mismatch @must @contract-section2 @behaviour-24 @nic-3024
  Scenario: The current password is wrong
    Given Asha has created the API user "dakshin_live" at the production portal
    When she changes the password of "API_dakshin_live", giving a wrong current one
    Then the portal refuses it as "password-mismatch" with NIC code 3024 "Change of password unsuccessfull,pls check the existing password"

  @REF-password-change-policy @must @contract-section2 @nic-3003
  Scenario: The new password is weak
    Given Asha has created the API user "dakshin_live" at the production portal
    When she changes the password of "API_dakshin_live" to "weak"
    Then the portal refuses it as "password-policy" with NIC code 3003 "Password should contains atleast one upper case, one lower case, one number and one special characters like [%,$,#,@,_,!,*]"

  @REF-already-frozen @must @contract-section2 @behaviour-24 @nic-3025
  Scenario: Freezing a frozen user
    Given Asha has created the API user "dakshin_live" at the production portal
    And she has frozen "API_dakshin_live"
    When she freezes "API_dakshin_live"
    Then the portal refuses it as "already-frozen" with NIC code 3025 "Already This Account Has Been Freezed"
