Feature: Logins that open the production portal
  Source: NIC's error list.

  @B19-01 @must @behaviour-19 @nic-3002
  Scenario: A refused login does not say whether name or password was wrong
    When Mallory logs in as "dakshin29" with a wrong password
    And she logs in as "nobody_here" with a wrong password
    Then both answers are the same
    And the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @B19-02 @must @behaviour-19
  Scenario Outline: An account that is <state> cannot log in
    Given the GST registration of Dakshin is <state>
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "<code>" with NIC code <nic> "<words>"

    @nic-3034
    Examples:
      | state     | code              | nic  | words                                                |
      | cancelled | account-cancelled | 3034 | Your account has been cancelled as GSTIN is inactive |

    @nic-3035
    Examples:
      | state     | code              | nic  | words                                                |
      | suspended | account-suspended | 3035 | Your account has been suspended as GSTIN is inactive |

    @nic-3033
    Examples:
      | state    | code           | nic  | words                                              |
      | inactive | account-frozen | 3033 | Your account has been Freezed as GSTIN is inactive |

    @nic-3036 @sim
    Examples:
      | state       | code             | nic  | words                          |
      | provisional | account-inactive | 3036 | Your account has been inactive |

  @B19-03 @must @behaviour-19 @nic-3033
  Scenario: A frozen login cannot log in
    Given the portal login "dakshin29" is frozen
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "account-frozen" with NIC code 3033 "Your account has been Freezed as GSTIN is inactive"

  @B19-04 @must @behaviour-19 @nic-3032
  Scenario: A transporter without GSTIN cannot log in
    Given Dakshin is enrolled as a transporter only
    When Asha logs in to the production portal as "dakshin29"
    Then the portal refuses it as "transporter-only" with NIC code 3032 "Enrolled Transporter cannot login to e-Invoice Portal. You need to be GST registered. For more clarifications , please read the FAQs under Web Login section ."

  @B19-05 @must @behaviour-19
  Scenario: A wrong password gets no information about the account
    Given the GST registration of Dakshin is cancelled
    When Mallory logs in as "dakshin29" with a wrong password
    Then the portal refuses it as "login-failed" with NIC code 3002 "Invalid login credentials"

  @B19-06 @must @behaviour-19 @nic-3045 @sim
  Scenario: A GSTIN that never registered has no username to be reminded of
    Given the taxpayer "29ABECR0058M1Z0" has no portal login
    When Asha asks to be reminded of the username of "29ABECR0058M1Z0"
    Then the portal refuses it as "not-registered" with NIC code 3045 "Sorry you are not registered, Please use the registration option."
