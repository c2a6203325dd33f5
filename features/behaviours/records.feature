Feature: A team brings its own records
  A tester makes providers, organisations, taxpayers and users through the control API, and asserts there what was
  registered. Source: the contract.

  @CTL-record-life @simulator @contract-control
  Scenario Outline: <record> is made, changed and deleted
    When Girish makes <record>
    Then it reads as it was made, with its defaults
    And it cannot be made twice, nor without its members
    And after a change it reads as it was changed
    And after it was deleted it is not there

    Examples:
      | record          |
      | a provider      |
      | an organisation |
      | a taxpayer      |
      | a portal login  |
      | an API user     |

  @CTL-record-in-use @simulator @contract-control
  Scenario: What an API user needs is not deleted
    When Girish makes an API user
    Then the provider of an API user cannot be deleted
    And the taxpayer of an API user cannot be deleted

  @CTL-record-sample-gstins @simulator @contract-control
  Scenario Outline: NIC's sandbox signs for <gstin>, whatever its check character
    Given a taxpayer with the GSTIN "<gstin>" is on record
    And Asha has the API user "stubuser" for "<gstin>", made through the control API of the <portal> portal
    And she logs in to the <portal> API
    When she registers a B2B invoice
    Then it is registered
    And the control API lists it as active
    And the control API has every member that was sent

    Examples:
      | gstin           | portal     |
      | 29AWGPV7107B1Z1 | trial      |
      | 02AMBPG7773M002 | trial      |
      | 29AAACW3775F000 | trial      |
      | 37ARZPT4384Q1MT | trial      |
      | 02AMBPG7773M002 | production |

  @CTL-record-recipient @simulator @contract-control
  Scenario: A recipient that is on record needs no check character
    Given a taxpayer with the GSTIN "29AWGPV7107B1Z1" is on record
    And Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "BuyerDtls.Gstin=29AWGPV7107B1Z1"
    Then it is registered

  @CTL-record-transporter @simulator @contract-control
  Scenario: A transporter that was enrolled by hand takes an e-way bill
    Given a taxpayer with the GSTIN "88AABCT1234E1Z0" is on record
    And Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "by=transporter, EwbDtls.TransId=88AABCT1234E1Z0"
    Then it has an e-way bill

  @CTL-record-cancelled @simulator @contract-control
  Scenario: A cancellation shows in the control API
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    When she cancels it
    Then the control API lists it as cancelled

  @CTL-record-user-deleted @simulator @contract-control
  Scenario: A deleted API user cannot call, nor log in again
    Given a taxpayer with the GSTIN "29AWGPV7107B1Z1" is on record
    And Asha has the API user "stubuser" for "29AWGPV7107B1Z1", made through the control API of the trial portal
    And she logs in to the trial API
    When the API user is deleted through the control API
    And she registers a B2B invoice
    Then the API refuses it with 1017
