Feature: Health of the e-Invoice API

  @API-health @must @contract-api
  Scenario Outline: The <portal> API reports its health without credentials
    When Girish calls the health check of the <portal> API
    Then the API answers with its time

    Examples:
      | portal     |
      | trial      |
      | production |

  @API-health-clock @must @contract-api
  Scenario: The time is that of the world's clock
    Given 5 hours pass
    When Girish calls the health check of the trial API
    Then its time is that of the clock of his world
