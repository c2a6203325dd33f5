@from-2024-07-01
Feature: Two portals of one IRP
  NIC runs two portals of its IRP (Invoice Registration Portal), NIC1 and NIC2, and there are other IRPs. Source: NIC's note
  of 18 July 2024 on interoperable services, and reports of developers.

  @API-portals @should @contract-portals
  Scenario Outline: One login is valid at <portal>
    Given Asha is logged in to the trial API
    And she calls the API at "<portal>"
    When she registers a B2B invoice
    Then it is registered
    When she reads it by its IRN
    Then it reads as it was registered

    Examples:
      | portal |
      | NIC1   |
      | NIC2   |
      | nic2   |

  @API-portals-unknown @must @contract-portals @nic-3098
  Scenario Outline: There is no portal <portal>
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "<portal>"
    When she reads it by its IRN
    Then the API refuses it with 3098 "Invalid IRP code"

    Examples:
      | portal    |
      | 9         |
      | NIC3      |
      | NIC1,NIC1 |

  @API-portals-at-once @should @contract-portals
  Scenario: An invoice is at both portals
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "NIC2"
    When she reads it by its IRN
    Then it reads as it was registered
    When she cancels it
    Then it is cancelled at the current time

  @API-portals-late @should @contract-portals
  Scenario Outline: <call> at the other portal before the invoice has reached it
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she calls the API at "NIC2"
    And she has registered a B2B invoice
    And she calls the API without naming a portal
    When she <does>
    Then the API refuses it with <code>

    @nic-2148
    Examples:
      | call                | does                            | code |
      | Reading by IRN      | reads it by its IRN             | 2148 |
      | Cancelling          | cancels it                      | 2148 |
      | E-way bill by IRN   | asks for its e-way bill by road | 2148 |
      | Reading e-way bills | reads its e-way bill            | 2148 |

    @nic-2154
    Examples:
      | call                | does                     | code |
      | Reading by document | reads it by its document | 2154 |

  @API-portals-explained @must @contract-portals @nic-2148
  Scenario: The journal says which portal has the invoice
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "NIC2"
    When she reads it by its IRN
    Then the API refuses it with 2148 "Requested IRN data is not available"
    And the journal explains it with "registered at NIC1"

  @API-portals-synchronised @must @contract-portals
  Scenario: The invoice reaches the other portal later
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "NIC2"
    When 10 minutes pass
    And she reads it by its IRN
    Then it reads as it was registered

  @API-portals-named @should @contract-portals
  Scenario: The portal that registered an invoice has it at once
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she calls the API at "NIC2"
    And she has registered a B2B invoice
    When she reads it by its document
    Then it reads as it was registered

  @API-portals-duplicate @should @contract-portals @nic-2295
  Scenario: A document is registered at one of the portals only
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "NIC2"
    When she registers it again
    Then the API refuses it with 2295
    And the refusal names the IRN and "NIC1"

  @API-portals-duplicate-later @should @contract-portals @nic-2150
  Scenario: A document that has reached the other portal is a duplicate there
    Given an invoice reaches the other portal of the IRP after 10 minutes
    And Asha is logged in to the trial API
    And she has registered a B2B invoice
    And she calls the API at "NIC2"
    When 10 minutes pass
    And she registers it again
    Then the API refuses it with 2150 "Duplicate IRN"

  @API-other-irp @should @contract-portals @nic-2295
  Scenario Outline: The number is registered at another IRP
    Given Asha is logged in to the trial API
    And the IRP "CYGNET" has registered the number of her next invoice
    And she calls the API at "<portal>"
    When she registers a B2B invoice
    Then the API refuses it with 2295 "IRN is already generated and registered with GSTN Lookup Portal by other IRP"
    And the refusal names the IRN and "CYGNET"
    And the journal explains it with "registered by the IRP CYGNET"

    Examples:
      | portal |
      | NIC1   |
      | NIC2   |

  @API-other-irp-rejects @should @contract-portals
  Scenario: An IRN is rejected if another IRP had registered the number before
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And the IRP "CYGNET" had registered the same number before
    When she asks which IRNs were rejected today
    Then its IRN is listed
