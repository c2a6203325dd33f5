Feature: The API fails
  What a client makes of NIC's own errors, of sealed answers that do not open, and of tokens and clocks that are not as
  they were said to be. Source: the contract of faults, and NIC's list of errors.

  @FLT-error @simulator @contract-faults
  Scenario Outline: NIC's own error <code>
    Given Asha is logged in to the trial API
    And the next "generate" call is refused with <code> by a fault
    When she registers a B2B invoice
    Then the API refuses it with <code> "<words>"
    And the journal names the fault
    When she registers it again
    Then it is registered

    Examples:
      | code     | words                                                                               |
      | 2146     | Unable to create IRN, Pls. try after some time                                      |
      | 2147     | Unable to sign invoice, Pl try after some time                                      |
      | 3020     | Internal Server Error pls try after sometime                                        |
      | 3043     | Something went wrong, please try again after sometime                               |
      | 3058     | Data not Saved                                                                      |
      | 5001     | Application error, issue with application while processing the request. Please try… |
      | SYS_5001 | Application error, issue with application while processing the request. Please try… |

  @FLT-error-ewb @simulator @contract-faults
  Scenario Outline: NIC's own error <code> at an e-way bill
    Given Asha is logged in to the trial API
    And she has registered a B2B invoice
    And the next "ewb-generate" call is refused with <code> by a fault
    When she asks for its e-way bill by road
    Then the API refuses it with <code> "<words>"
    When she asks for its e-way bill by road
    Then the e-way bill has 12 digits

    Examples:
      | code | words                                  |
      | 4001 | Error ocurred while creating Eway Bill |
      | 4004 | Error while retrieving IRN details     |

  @FLT-error-several @simulator @contract-faults
  Scenario: Several of NIC's codes at once
    Given Asha is logged in to the trial API
    And the next "generate" call is refused with 3043, 5001 by a fault
    When she registers a B2B invoice
    Then the API refuses it with 3043, 5001
    And it names 2 violations

  @FLT-garbled @simulator @contract-faults @nic-2150
  Scenario: The sealed answer is damaged
    Given Asha is logged in to the trial API
    And the next "generate" call has the fault "garbled-data"
    When she registers a B2B invoice
    Then her program cannot read the answer, which has the status 200
    When she registers it again
    Then the API refuses it with 2150
    And the IRN of the refusal reads as its document

  @FLT-wrong-sek @simulator @contract-faults @nic-2150
  Scenario: The answer is sealed under another key
    Given Asha is logged in to the trial API
    And the next "generate" call has the fault "wrong-sek"
    When she registers a B2B invoice
    Then her program cannot read the answer, which has the status 200
    When she registers it again
    Then the API refuses it with 2150
    And the IRN of the refusal reads as its document

  @FLT-wrong-sek-login @simulator @contract-faults @nic-1020
  Scenario: A login that is answered with the key of another
    Given every "auth" call has the fault "wrong-sek"
    And Asha is logged in to the trial API
    When she registers a B2B invoice
    Then the API refuses it with 1020
    And the journal names the fault

  @FLT-revoke @simulator @contract-faults
  Scenario: A token that ends early is replaced by a login
    Given Asha is logged in to the trial API
    And the next "generate" call has the fault "revoke-tokens"
    When she registers a B2B invoice
    Then it is registered
    And the fault fired once

  @FLT-revoke-by-hand @simulator @contract-faults @nic-1005
  Scenario: A token that ends early is refused
    Given Asha is logged in to the trial API
    And the next "gstin" call has the fault "revoke-tokens"
    When she asks the API for the details of Deccan
    Then the API refuses it with 1005 "Invalid Token"

  @FLT-skew @simulator @contract-faults
  Scenario: NIC's clock is two hours ahead
    Given it is 15/07/2026 10:00:00 by the clock
    And Asha is logged in to the trial API
    And every "generate" call has the fault "clock-skew", with by 2h
    When she registers a B2B invoice
    Then it is acknowledged at 12:00:00, in the signed copy too

  @FLT-gsp @simulator @contract-faults
  Scenario: A GSP does not reach NIC
    Given Asha is logged in to the trial API
    And the next "generate" call has the fault "gsp"
    When she registers a B2B invoice
    Then her program cannot read the answer, which has the status 200
    When she registers it again
    Then it is registered

  @FLT-error-login @simulator @contract-faults
  Scenario Outline: A login is refused with <code>, as users report it
    Given Asha has API credentials of the trial portal
    And the next "auth" call is refused with <code> by a fault
    When she logs in to the trial API
    Then the API refuses it with <code> "<words>"
    When she logs in to the trial API
    Then the API accepts the login

    Examples:
      | code | words                                  |
      | 1010 | Invalid Client-ID/Client-Secret        |
      | 1013 | Decryption of password failed          |
      | 1014 | Inactive User                          |
      | 1015 | Invalid GSTIN for this user            |
      | 1017 | Incorrect user id/User does not exists |
      | 1018 | Client Id is not mapped to this user   |
      | 1019 | Incorrect Password                     |

  @FLT-code-only @simulator @contract-faults
  Scenario: A refusal that has a code and no words
    Given Asha is logged in to the trial API
    And the next "generate" call is refused with 3028 and no words by a fault
    When she registers a B2B invoice
    Then the API refuses it with 3028
