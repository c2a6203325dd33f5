Feature: Validate compares the contact details with the GST record
  Source: the guide, which asks for the details registered with the GSTIN; NIC's error list for the words.

  @B10-01 @must @behaviour-10 @guide-1.3 @nic-3006
  Scenario: Another mobile than the registered one
    When Asha validates the details of Dakshin with "9876500001" as Phone number
    Then the portal refuses it as "contact-mismatch" with NIC code 3006 "Invalid Mobile Number"
    And the refused field is "mobile"

  @B10-02 @must @behaviour-10 @guide-1.3
  Scenario: Another e-mail address than the registered one
    When Asha validates the details of Dakshin with "someone@dakshin.example" as Email address
    Then the portal refuses it as "contact-mismatch" without NIC code
    And the refused field is "email"

  @B10-03 @must @behaviour-10 @guide-1.4
  Scenario: What Validate refused leads to no OTP
    When Mallory validates the details of Dakshin with "9876500001" as Phone number
    Then the portal refuses it as "contact-mismatch" with NIC code 3006 "Invalid Mobile Number"
    And "Send OTP" has not become usable
    And no message was sent

  @B13-01 @must @behaviour-13
  Scenario Outline: A GSTIN that is <status> cannot register
    When Asha validates the registered details of the taxpayer whose GSTIN is <status>
    Then the portal refuses it as "<code>" with NIC code <nic> "<words>"

    @nic-3013
    Examples:
      | status    | code            | nic  | words                                                                                                             |
      | cancelled | gstin-cancelled | 3013 | Your registration under GST has been cancelled , however if you are a transporter then use the Enrollment option. |

    @nic-3016
    Examples:
      | status   | code           | nic  | words                                                                                                                                   |
      | inactive | gstin-inactive | 3016 | Your registration under GST is inactive and hence you cannot register, however if you are a transporter then use the Enrollment option. |

    @nic-3017
    Examples:
      | status      | code              | nic  | words                                                                                                                                                                                            |
      | provisional | gstin-provisional | 3017 | You were given provisional ID which was not activated till the last date. Hence your details are not available with GST portal. However if you are a transporter then use the Enrollment option. |

  @B13-02 @must @behaviour-13 @contract-section1
  Scenario: A suspended GSTIN cannot register
    When Asha validates the registered details of the taxpayer whose GSTIN is suspended
    Then the portal refuses it as "gstin-suspended" without NIC code

  @B13-03 @must @behaviour-13 @contract-control
  Scenario: A GSTIN that is active again registers
    Given the GST registration of Dakshin was suspended and is active again
    When Asha validates the registered details of Dakshin
    Then "Send OTP" has become usable
