Feature: Conventions of all answers of the portals

  Rule: What cannot be understood is refused with a reason

    @CON-malformed @must @contract-conventions
    Scenario Outline: <step> is sent <what> at the <portal> portal
      When Mallory sends <step> at the <portal> portal <what>
      Then the portal refuses it as "malformed-request" without NIC code

      Examples:
        | portal     | step     | what                       |
        | trial      | Validate | a body that is not JSON    |
        | trial      | Validate | an empty body              |
        | trial      | Validate | a body that stops halfway  |
        | trial      | Validate | a body with more behind it |
        | trial      | Validate | a list instead of a form   |
        | trial      | Login    | a body that is not JSON    |
        | production | Login    | a body that is not JSON    |
        | production | Login    | a body that stops halfway  |
        | production | Login    | a body with more behind it |

    @CON-malformed-field @must @contract-conventions
    Scenario Outline: <step> at the <portal> portal says which field it cannot read
      When Mallory sends <step> at the <portal> portal <what>
      Then the portal refuses it as "malformed-request" without NIC code
      And its detail names "<field>"

      Examples:
        | portal     | step     | what                   | field    |
        | trial      | Validate | a number as "mobile"   | mobile   |
        | trial      | Validate | a list as "gstin"      | gstin    |
        | trial      | Validate | an unknown "colour"    | colour   |
        | production | Login    | a number as "password" | password |
        | production | Login    | an unknown "colour"    | colour   |

    @CON-too-large @must @contract-conventions
    Scenario Outline: A body of more than 64 KiB at the <portal> portal
      When Mallory sends Login at the <portal> portal a body of more than 64 KiB
      Then the portal refuses it with the status 413

      Examples:
        | portal     |
        | trial      |
        | production |

    @CON-media-type @must @contract-conventions
    Scenario Outline: <type> instead of JSON at the <portal> portal
      When Mallory sends Login at the <portal> portal as "<type>"
      Then the portal refuses it with the status 415

      Examples:
        | portal     | type                              |
        | trial      | text/plain                        |
        | trial      | application/x-www-form-urlencoded |
        | production | text/plain                        |
        | production | no media type                     |

    @CON-method @must @contract-conventions
    Scenario Outline: The wrong method for <step> at the <portal> portal
      Given Mallory has a captcha of the <portal> portal
      When she asks for <step> at the <portal> portal by the wrong method
      Then the portal refuses it with the status 405
      And it says that <step> takes "<method>"

      Examples:
        | portal     | step     | method |
        | trial      | Validate | POST   |
        | trial      | Login    | POST   |
        | production | Login    | POST   |
        | production | Session  | GET    |

    @CON-unknown-page @must @contract-conventions
    Scenario Outline: A page that the <portal> portal does not have
      Given Mallory has a captcha of the <portal> portal
      When she asks the <portal> portal for a page that it does not have
      Then the portal refuses it with the status 404

      Examples:
        | portal     |
        | trial      |
        | production |

  Rule: Unknown, early and late things

    @CON-not-found @must @contract-conventions
    Scenario: A registration that does not exist
      When Mallory looks at a registration that does not exist
      Then the portal refuses it as "not-found" without NIC code

    @CON-not-found-odd @must @contract-conventions
    Scenario: A registration whose name is not an identifier
      When Mallory looks at a registration named "nonsense"
      Then the portal refuses it as "not-found" without NIC code

    @CON-wrong-state @must @json @contract-conventions
    Scenario: Too early is told with the state and the one that is needed
      Given Asha has validated the registered details of Dakshin
      When she creates the API user "dakshin_one" through "Sahyadri GST Suvidha"
      Then the portal refuses it as "wrong-state" without NIC code
      And the flow is in "VALIDATED" and should be in "OTP_VERIFIED"

    @CON-expired @must @contract-conventions @sim
    Scenario Outline: A flow of the <portal> portal is dropped after an hour
      Given Asha waits for an OTP at the <portal> portal
      When an hour passes while she keeps her session
      And she enters the OTP
      Then the portal refuses it as "expired" without NIC code

      Examples:
        | portal     |
        | trial      |
        | production |

  Rule: Every answer is of one make

    @CON-problem @must @json @contract-conventions
    Scenario Outline: A refusal of the <portal> portal is a problem document
      When Mallory answers a captcha that the <portal> portal never gave
      Then the refusal is a problem document with type, title, detail, instance and code

      Examples:
        | portal     |
        | trial      |
        | production |

    @CON-headers @must @contract-conventions
    Scenario Outline: No answer of the <portal> portal may be stored, and each can be told by an id
      When Asha asks the <portal> portal for a captcha
      Then the answer has Cache-Control no-store and a request id

      Examples:
        | portal     |
        | trial      |
        | production |

    @CON-request-id @must @contract-conventions
    Scenario Outline: The <portal> portal keeps the caller's request id
      When Girish calls the <portal> portal with the request id "girish-0001"
      Then the answer has the request id "girish-0001"

      Examples:
        | portal     |
        | trial      |
        | production |

    @CON-request-id-insane @must @contract-conventions
    Scenario: A malformed request id is replaced
      When Mallory calls the trial portal with a request id of 5000 characters
      Then the answer has a request id of its own

    @CON-times @must @json @contract-conventions
    Scenario: Times are in Indian Standard Time
      When Asha asks the trial portal for a captcha
      Then its time has the offset of India

    @CON-json @must @json @contract-conventions
    Scenario: Answers are JSON in UTF-8
      When Asha asks the trial portal for a captcha
      Then the answer is JSON in UTF-8

    @CON-location @must @json @contract-section1
    Scenario Outline: A new flow at the <portal> portal says where it is
      When Asha waits for an OTP at the <portal> portal
      Then the Location of the flow ends in its identifier

      Examples:
        | portal     |
        | trial      |
        | production |
