Feature: A gateway fails
  A GSP (GST Suvidha Provider) stands between a client and NIC, and fails by itself. Each gateway says so in its own
  words: recordings of clients where there are any, and otherwise those of docs/differences-from-nic.md. Source: the
  contract of faults; reports of users of gateways.

  Rule: NIC was not asked, and the call can be sent again

    @GSP-down @simulator @contract-faults
    Scenario Outline: <gateway> does not reach NIC
      Given Asha calls the API through the gateway "<gateway>"
      And Asha is logged in to the trial API
      And the next "generate" call has the fault "gateway", with fails down
      When she registers a B2B invoice
      Then the gateway answers with the status <status> and "<words>"
      When she registers it again
      Then it is registered

      Examples:
        | gateway    | status | words                               |
        | cleartax   | 502    | NIC cannot be reached               |
        | vayana     | 502    | NIC cannot be reached               |
        | alankit    | 502    | NIC cannot be reached               |
        | resilient  | 502    | NIC cannot be reached               |
        | taxpro     | 200    | GSP500                              |
        | adaequare  | 200    | GSPERR300 : Ei : GSPGSTDOWN         |
        | taxpro-dec | 200    | GSP500                              |
        | whitebooks | 200    | WB_ERR_9500 : NIC cannot be reached |
        | gstzen     | 200    | NIC cannot be reached               |

    @GSP-credit @simulator @contract-faults
    Scenario Outline: The credit of the subscription at <gateway> is used up
      Given Asha calls the API through the gateway "<gateway>"
      And Asha is logged in to the trial API
      And the next "generate" call has the fault "gateway", with fails credit-used
      When she registers a B2B invoice
      Then the gateway answers with the status <status> and "<words>"
      When she registers it again
      Then it is registered

      Examples:
        | gateway    | status | words                                                   |
        | cleartax   | 429    | credit-used                                             |
        | vayana     | 429    | credit-used                                             |
        | alankit    | 429    | The credit of the subscription is used up               |
        | resilient  | 429    | Limit Exceeded                                          |
        | taxpro     | 200    | GSP019                                                  |
        | adaequare  | 200    | GEN5005 : Account plan limit exceeded                   |
        | taxpro-dec | 200    | GSP019                                                  |
        | whitebooks | 200    | WB_ERR_9500 : The credit of the subscription is used up |
        | gstzen     | 200    | The credit of the subscription is used up               |

    @GSP-secret @simulator @contract-faults
    Scenario Outline: The secret of the subscription at <gateway> was reset
      Given Asha calls the API through the gateway "<gateway>"
      And Asha is logged in to the trial API
      And the next "generate" call has the fault "gateway", with fails secret-reset
      When she registers a B2B invoice
      Then the gateway answers with the status <status> and "<words>"
      When she registers it again
      Then it is registered

      Examples:
        | gateway    | status | words                                         |
        | cleartax   | 401    | secret-reset                                  |
        | vayana     | 401    | secret-reset                                  |
        | alankit    | 401    | Access denied due to invalid subscription key |
        | resilient  | 403    | Forbidden                                     |
        | taxpro     | 200    | Error: Invalid ASP Password.                  |
        | adaequare  | 403    | access_denied                                 |
        | taxpro-dec | 200    | Error: Invalid ASP Password.                  |
        | whitebooks | 200    | WB_ERR_9500 : The secret was reset            |
        | gstzen     | 401    | Invalid token.                                |

  Rule: The GSP's own client id is wrong, which is not the taxpayer's fault

    @GSP-wrong-client @simulator @contract-faults @nic-1010
    Scenario Outline: <gateway> has a wrong client id of its own
      Given Asha calls the API through the gateway "<gateway>"
      And Asha is logged in to the trial API
      And the next "generate" call has the fault "gateway", with fails wrong-client-id
      When she registers a B2B invoice
      Then the API refuses it with 1010 "Invalid Client-ID/Client-Secret"
      When she registers it again
      Then it is registered

      Examples:
        | gateway    |
        | cleartax   |
        | vayana     |
        | alankit    |
        | resilient  |
        | taxpro     |
        | adaequare  |
        | taxpro-dec |
        | whitebooks |
        | gstzen     |

  Rule: The gateway did not wait for NIC's answer, and NIC has registered the invoice

    @GSP-timed-out @simulator @contract-faults @nic-2150
    Scenario Outline: <gateway> does not wait for NIC
      Given Asha calls the API through the gateway "<gateway>"
      And Asha is logged in to the trial API
      And the next "generate" call has the fault "gateway", with fails timed-out
      When she registers a B2B invoice
      Then the gateway answers with the status <status> and "<words>"
      When she registers it again
      Then the API refuses it with 2150 "Duplicate IRN"

      Examples:
        | gateway    | status | words                                    |
        | cleartax   | 504    | nic-timed-out                            |
        | vayana     | 504    | nic-timed-out                            |
        | alankit    | 504    | NIC did not answer in time               |
        | resilient  | 504    | Endpoint request timed out               |
        | taxpro     | 200    | GSP500                                   |
        | adaequare  | 504    | Endpoint request timed out               |
        | taxpro-dec | 200    | GSP500                                   |
        | whitebooks | 200    | WB_ERR_9500 : NIC did not answer in time |
        | gstzen     | 200    | NIC did not answer in time               |

  Rule: A login whose expiry is past works all the same

    @GSP-stale-expiry @simulator @contract-faults
    Scenario Outline: <gateway> answers a login with the expiry of an earlier one
      Given Asha calls the API through the gateway "<gateway>"
      And the next "auth" call has the fault "gateway", with fails stale-expiry
      And Asha is logged in to the trial API
      Then the gateway says that her login has ended
      When she registers a B2B invoice
      Then it is registered

      Examples:
        | gateway    |
        | taxpro-dec |
        | whitebooks |
