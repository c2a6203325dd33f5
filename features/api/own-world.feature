Feature: A world of a team's own
  A team brings its client id, GSTINs and users, and its documents of last year. Source: the contract.

  @API-own-world @simulator @contract-control
  Scenario: The team's own user registers an invoice of last year
    Given the world has the numbers of a team, and it is 15/03/2025 10:00 by the clock
    When Asha logs in as the team's user
    Then the API accepts the login
    When she registers a B2B invoice, changed by "DocDtls.Dt=14/03/2025"
    Then it is registered

  @API-own-world-reset @simulator @contract-control
  Scenario: A reset comes back to the team's numbers
    Given the world has the numbers of a team, and it is 15/03/2025 10:00 by the clock
    And 24 hours pass
    When her world is reset
    And Asha logs in as the team's user
    Then the API accepts the login
    And the clock shows 15/03/2025 10:00

  @API-own-world-again @simulator @contract-control
  Scenario: What the control API shows of a world makes it again
    Given the world has the numbers of a team, and it is 15/03/2025 10:00 by the clock
    And Asha has logged in as the team's user
    When the world is made again from what the control API shows of it
    And she logs in as the team's user
    Then the API accepts the login
    And the clock shows 15/03/2025 10:00

  @API-own-world-refused @simulator @contract-control
  Scenario Outline: A document in which <mistake> is refused, and nothing of it counts
    Given the world has the numbers of a team, and it is 15/03/2025 10:00 by the clock
    When Girish makes the world from a document in which <mistake>
    Then the control API refuses it for "<fields>"
    When Asha logs in as the team's user
    Then the API accepts the login

    Examples:
      | mistake                                | fields                                    |
      | the API user has an unknown client id  | apiUsers[0].clientId                      |
      | two providers have one client id       | providers[1].clientId                     |
      | a GSTIN is short and a member misspelt | taxpayers[0].gstin, taxpayers[0].legalNam |
      | the clock stands before e-invoicing    | clock.now                                 |
