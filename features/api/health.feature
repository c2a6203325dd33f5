Feature: Whether the e-Invoice API is well

  @API-health @must @contract-api
  Scenario Outline: The <portal> API says that it is well, to anybody
    When Girish calls the health check of the <portal> API
    Then the API answers with its time

    Examples:
      | portal     |
      | trial      |
      | production |

  @API-health-clock @must @contract-api
  Scenario: The time is the world's
    Given 5 hours pass
    When Girish calls the health check of the trial API
    Then its time is that of the clock of his world
