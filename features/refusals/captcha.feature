Feature: Refusals of the captcha, at both portals

  @REF-captcha-mismatch @must @contract-captcha
  Scenario Outline: A wrong answer at the <portal> portal
    When Asha gives a wrong answer to the captcha of the <portal> portal
    Then the portal refuses it as "captcha-mismatch" without NIC code
    And the refused field is "captcha.answer"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-captcha-used @must @json @contract-captcha
  Scenario Outline: A captcha of the <portal> portal that was used
    Given Asha has used a captcha of the <portal> portal
    When she gives the right answer to that captcha again
    Then the portal refuses it as "captcha-expired" without NIC code
    And the refused field is "captcha.captchaId"

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-captcha-aged @must @contract-captcha
  Scenario Outline: A captcha of the <portal> portal that is older than 5 minutes
    Given Asha has a captcha of the <portal> portal
    When 301 seconds pass
    And she gives the right answer to that captcha
    Then the portal refuses it as "captcha-expired" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-captcha-unknown @must @json @contract-captcha
  Scenario Outline: A captcha that the <portal> portal never gave
    When Mallory answers a captcha that the <portal> portal never gave
    Then the portal refuses it as "captcha-expired" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-captcha-picture-used @must @json @contract-captcha
  Scenario Outline: The picture of a used captcha is gone from the <portal> portal
    Given Asha has used a captcha of the <portal> portal
    When she looks at that captcha's picture
    Then the portal refuses it as "not-found" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-captcha-picture-aged @must @json @contract-captcha
  Scenario: The picture of an old captcha is gone
    Given Asha has a captcha of the trial portal
    When 301 seconds pass
    And she looks at that captcha's picture
    Then the portal refuses it as "not-found" without NIC code

  @REF-captcha-first @must @contract-captcha @sim
  Scenario: A wrong Captcha gets no information about the taxpayer
    When Mallory validates the details of Dakshin with "9876500001" as Phone number and a wrong Captcha
    Then the portal refuses it as "captcha-mismatch" without NIC code
    And the refused field is "captcha.answer"
