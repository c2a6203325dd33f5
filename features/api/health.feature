Feature: Whether the e-Invoice API is well

  @API-health @must @contract-api
  Scenario Outline: The <portal> API says that it is well, to anybody
    When Girish asks the <portal> API whether it is well
    Then it says that it is, and when

    Examples:
      | portal     |
      | trial      |
      | production |

  @API-health-clock @must @contract-api
  Scenario: The time is the world's
    Given 5 hours pass
    When Girish asks the trial API whether it is well
    Then it goes by the clock of his world
