Feature: The connection fails
  What a client makes of answers that are late, lost, cut off or not NIC's. Source: the contract of faults.

  Rule: Nothing was done, and the request can be sent again

    @FLT-latency @simulator @contract-faults
    Scenario: A late answer
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "latency", with delay 10m
      And her program waits 1000 milliseconds at most
      When she registers a B2B invoice
      Then her program gets no answer
      When she registers it again
      Then it is registered

    @FLT-jitter @simulator @contract-faults
    Scenario: A latency that the program waits for
      Given Asha is logged in to the trial API
      And every "generate" call has the fault "latency", with delay 1ms and jitter 2ms
      When she registers a B2B invoice
      Then it is registered
      And the fault fired once

    @FLT-hang @simulator @contract-faults
    Scenario: No answer at all
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "hang"
      And her program waits 1000 milliseconds at most
      When she registers a B2B invoice
      Then her program gets no answer
      When she registers it again
      Then it is registered

    @FLT-reset @simulator @contract-faults
    Scenario: The connection is reset
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "reset"
      When she registers a B2B invoice
      Then her program gets no answer
      And the journal names the fault
      When she registers it again
      Then it is registered

    @FLT-status @simulator @contract-faults
    Scenario: A status of HTTP, and how long to wait
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "status", with code 429 and retryAfter 7s
      When she registers a B2B invoice
      Then her program cannot read the answer, which has the status 429
      And the answer says to wait 7 seconds
      When she registers it again
      Then it is registered

    @FLT-html @simulator @contract-faults
    Scenario Outline: A web page in place of JSON, with the status <status>
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "html", with code <status>
      When she registers a B2B invoice
      Then her program cannot read the answer, which has the status <status>
      And the journal names the fault
      When she registers it again
      Then it is registered

      Examples:
        | status |
        | 502    |
        | 200    |

  Rule: The invoice is registered and the answer is lost: the classic duplicate

    @FLT-drop-answer @simulator @contract-faults @nic-2150
    Scenario: The connection is dropped before the answer
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "drop-answer"
      When she registers a B2B invoice
      Then her program gets no answer
      When she registers it again
      Then the API refuses it with 2150
      And the IRN of the refusal reads as its document

    @FLT-truncate @simulator @contract-faults @nic-2150
    Scenario: The answer is cut off
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "truncate", with bytes 100
      When she registers a B2B invoice
      Then her program gets half an answer
      When she registers it again
      Then the API refuses it with 2150
      And the IRN of the refusal reads as its document

    @FLT-drip @simulator @contract-faults @nic-2150
    Scenario: The answer arrives too slowly
      Given Asha is logged in to the trial API
      And the next "generate" call has the fault "drip", with over 10m
      And her program waits 2000 milliseconds at most
      When she registers a B2B invoice
      Then her program gets no answer
      When she registers it again
      Then the API refuses it with 2150

  Rule: A fault fires as often as it says, for the requests that it names

    @FLT-every @simulator @contract-faults @nic-5001
    Scenario: Every third call
      Given Asha is logged in to the trial API
      And every third "generate" call is refused with 5001 by a fault
      And she has registered a B2B invoice
      And she has registered a B2B credit note
      When she registers a B2B debit note
      Then the API refuses it with 5001
      And the fault fired once in 3 calls

    @FLT-others @simulator @contract-faults
    Scenario: The calls of another taxpayer are left alone
      Given Asha is logged in to the trial API
      And every "generate" call of Deccan has the fault "reset"
      When she registers a B2B invoice
      Then it is registered

    @FLT-removed @simulator @contract-faults
    Scenario: A fault that is removed fires no more
      Given Asha is logged in to the trial API
      And every "generate" call has the fault "reset"
      And the faults are removed
      When she registers a B2B invoice
      Then it is registered
