Feature: Refusals of the OTP, at both portals
  NIC publishes no words for these; all are invented.

  @REF-otp-mismatch @must @contract-section1 @contract-section2
  Scenario Outline: <what> as OTP at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    When she enters "<otp>" as OTP
    Then the portal refuses it as "otp-mismatch" without NIC code
    And 2 attempts are left

    Examples:
      | portal     | what            | otp     |
      | trial      | Nothing         |         |
      | trial      | Too few digits  | 12345   |
      | trial      | Too many digits | 1234567 |
      | trial      | Letters         | abcdef  |
      | production | Nothing         |         |
      | production | Letters         | abcdef  |

  @REF-otp-attempts-exhausted @must @contract-section1 @contract-section2
  Scenario Outline: The third wrong OTP at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    And she has entered a wrong OTP 2 times
    When she enters a wrong OTP
    Then the portal refuses it as "otp-attempts-exhausted" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-otp-dead @must @contract-section1 @contract-conventions
  Scenario Outline: After the third wrong OTP at the <portal> portal <act> is too late
    Given Asha waits for an OTP at the <portal> portal
    And she has entered a wrong OTP 3 times
    When she <act>
    Then the portal refuses it as "expired" without NIC code

    Examples:
      | portal     | act                                                 |
      | trial      | enters the OTP                                      |
      | trial      | asks for another OTP after 31 seconds               |
      | trial      | creates an API user with the Username "dakshin_one" |
      | production | enters the OTP                                      |
      | production | asks for another OTP after 31 seconds               |
      | production | creates an API user with the Username "dakshin_one" |

  @REF-otp-expired @must @contract-section1 @contract-section2
  Scenario Outline: An OTP of the <portal> portal that is older than 10 minutes
    Given Asha waits for an OTP at the <portal> portal
    When 601 seconds pass
    And she enters the OTP
    Then the portal refuses it as "otp-expired" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-otp-expired-free @must @contract-section1 @sim
  Scenario: An OTP that is too old costs no attempt
    Given Asha waits for an OTP at the trial portal
    And she has entered the OTP 11 minutes late
    When she asks for another OTP after 31 seconds
    Then 3 attempts are left

  @REF-otp-replaced @must @contract-section1 @contract-section2
  Scenario Outline: An OTP of the <portal> portal that was replaced
    Given Asha waits for an OTP at the <portal> portal
    And she has asked for another OTP after 31 seconds
    When she enters the former OTP
    Then the portal refuses it as "otp-expired" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-otp-too-soon @must @contract-section1 @contract-section2
  Scenario Outline: Another OTP within 30 seconds at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    When she asks for another OTP after 10 seconds
    Then the portal refuses it as "otp-too-soon" without NIC code
    And the refusal says to wait 20 seconds

    Examples:
      | portal     |
      | trial      |
      | production |

  @REF-otp-limit @must @contract-section1 @contract-section2
  Scenario Outline: A sixth OTP at the <portal> portal
    Given Asha waits for an OTP at the <portal> portal
    And she has asked for another OTP after 31 seconds, 4 times
    When she asks for another OTP after 31 seconds
    Then the portal refuses it as "otp-limit" without NIC code

    Examples:
      | portal     |
      | trial      |
      | production |
