Feature: Details of a GSTIN
  Source: NIC's page on GSTIN details, version 1.04.

  @API-gstin @must @contract-api
  Scenario: The details of Dakshin
    Given Mallory is logged in to the trial API
    When she asks the API for the details of the GSTIN 29ABCCD1234E1Z1
    Then the details say "Dakshin Components Private Limited" of "LegalName"
    And the details say "REG" of "TxpType"
    And the details have the number 29 as "StateCode"
    And the details have the number 560001 as "AddrPncd"
    And the details say "2017-07-01" of "DtReg"

  @API-gstin-status @must @contract-api
  Scenario Outline: A registration that is <status> is <code>
    Given Asha is logged in to the trial API
    When she asks the API <how> the details of the taxpayer with the role <role>
    Then the details say "<code>" of "Status"

    Examples:
      | status      | code | role        | how        |
      | active      | ACT  | sameState   | for        |
      | active      | ACT  | sameState   | to refresh |
      | cancelled   | CNL  | cancelled   | for        |
      | inactive    | INA  | inactive    | for        |
      | provisional | PRO  | provisional | for        |
      | suspended   | SUS  | suspended   | for        |

  @API-gstin-type @must @contract-api
  Scenario Outline: A taxpayer of the type <type>
    Given Asha is logged in to the trial API
    When she asks the API for the details of the taxpayer with the role <role>
    Then the details say "<type>" of "TxpType"

    Examples:
      | type | role         |
      | COM  | composition  |
      | SEZ  | sez          |
      | SED  | sezDeveloper |
      | ISD  | distributor  |
      | TCS  | operator     |
      | TDS  | deductor     |

  @API-gstin-dates @must @contract-api
  Scenario: A registration that was cancelled has both dates
    Given Asha is logged in to the trial API
    When she asks the API for the details of the GSTIN 27ABCFC2345K1ZH
    Then the details say "2017-07-01" of "DtReg"
    And the details say "2023-03-31" of "DtDReg"

  @API-gstin-no-end @must @contract-api
  Scenario: A current registration has no end date
    Given Asha is logged in to the trial API
    When she asks the API for the details of the taxpayer with the role sameState
    Then the details have no "DtDReg"

  @API-gstin-case @should @contract-api @sim
  Scenario: Lower case is accepted
    Given Asha is logged in to the trial API
    When she asks the API for the details of the GSTIN 29abcpd1234e2z9
    Then the details say "29ABCPD1234E2Z9" of "Gstin"

  @API-gstin-unknown @must @contract-api @nic-3001
  Scenario Outline: An unknown GSTIN, asked for by <how>
    Given Asha is logged in to the <portal> API
    When she asks the API <how> the details of the GSTIN 29ABZCX4321K1ZF
    Then the API refuses it with 3001 "Requested data is not available"

    Examples:
      | portal     | how        |
      | trial      | for        |
      | trial      | to refresh |
      | production | for        |

  @API-gstin-malformed @should @contract-api @nic-3030 @sim
  Scenario: A malformed GSTIN
    Given Asha is logged in to the trial API
    When she asks the API for the details of the GSTIN 29ABCCD1234
    Then the API refuses it with 3030 "Invalid Gstin"

  @API-gstin-blocked @must @contract-api
  Scenario: A taxpayer that is blocked from e-way bills
    Given Asha is logged in to the trial API
    And Deccan is blocked from e-way bills for not filing returns
    When she asks the API for the details of the GSTIN 29ABCPD1234E2Z9
    Then the details say "B" of "BlkStatus"
