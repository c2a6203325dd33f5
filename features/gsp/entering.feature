Feature: Entering details in GSP
  The guide's last step: "After this, you would enter these credentials into GSP". The GSP (GST Suvidha
  Provider) logs in at NIC with them at once, and says what NIC answered. Source: the guide; NIC's list for
  the codes; reports of users of gateways for the causes.

  Rule: The credentials that the guide made are good at their GSP

    @GSP-trial @must @guide-C.1 @contract-gsp
    Scenario: The credentials of the trial portal
      Given Asha has created the API user "dakshin_trial" through "Sahyadri GST Suvidha" at the trial portal
      When she enters the API user "dakshin_trial" for Sandbox at the GSP "Sahyadri GST Suvidha"
      Then her details are Active
      And the GSP "Sahyadri GST Suvidha" has them as Active

    @GSP-production @must @guide-C.2 @contract-gsp
    Scenario: The credentials of the production portal, with API_
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway"
      Then her details are Active
      And the GSP "Konkan Tax Gateway" has them as Active

    @GSP-login @simulator @contract-gsp
    Scenario: The GSP logs in at NIC with its own client id, and does nothing else
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway"
      Then the GSP has logged in at NIC once, with the Client ID "AABCK27GSP4K7QX"
      And the production portal has no invoice

  Rule: NIC's refusal is explained

    @GSP-refused @simulator @contract-gsp
    Scenario Outline: <mistake>
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      When she enters the API user "<username>" for <environment> at the GSP "<company>"
      Then her details are Inactive, for NIC's <code> "<words>"
      And the GSP names the cause "<cause>"

      Examples:
        | mistake                            | username         | environment | company                | code | words                                  | cause                       |
        | API_ is forgotten                  | dakshin_live     | Production  | Konkan Tax Gateway     | 1017 | Incorrect user id/User does not exists | does not begin with API_    |
        | The environment is the other one   | API_dakshin_live | Sandbox     | Konkan Tax Gateway     | 1017 | Incorrect user id/User does not exists | not known in the sandbox    |
        | The API user is of another GSP     | API_dakshin_live | Production  | Malwa Suvidha Services | 1018 | Client Id is not mapped to this user   | created for another GSP     |

    @GSP-gstin @simulator @contract-gsp
    Scenario: The API user is of another GSTIN
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway", with the GSTIN of Deccan
      Then her details are Inactive, for NIC's 1015 "Invalid GSTIN for this user"
      And the GSP names the cause "created for another GSTIN"

    @GSP-inactive @simulator @contract-gsp
    Scenario: The taxpayer is inactive
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      And the GST registration of Dakshin is inactive
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway"
      Then her details are Inactive, for NIC's 1014 "Inactive User"
      And the GSP names the cause "inactive at NIC"

    @GSP-own-client @simulator @contract-gsp
    Scenario: The GSP's own client id is wrong
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      And the next "auth" call is refused with 1010 by a fault
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway"
      Then her details are Inactive, for NIC's 1010 "Invalid Client-ID/Client-Secret"
      And the GSP names the cause "Your details are not the reason"

    @GSP-unreachable @simulator @contract-gsp
    Scenario Outline: NIC gives no answer, which says nothing of the details: <fault>
      Given Asha has created the API user "dakshin_live" through "Konkan Tax Gateway" at the production portal
      And every "auth" call has the fault "<fault>"
      When she enters the API user "API_dakshin_live" for Production at the GSP "Konkan Tax Gateway"
      Then her details are Not tested
      When the faults are removed
      And she has the GSP test them again
      Then her details are Active

      Examples:
        | fault       |
        | reset       |
        | html        |
        | drop-answer |

  Rule: The details can be changed and removed, and are not shown

    @GSP-correct @simulator @contract-gsp
    Scenario: A wrong password is corrected
      Given Asha has created the API user "dakshin_trial" through "Sahyadri GST Suvidha" at the trial portal
      When she enters the API user "dakshin_trial" for Sandbox at the GSP "Sahyadri GST Suvidha", with a wrong password
      Then her details are Inactive, for NIC's 1019 "Incorrect Password"
      And the GSP names the cause "password is wrong"
      When she corrects the password at the GSP
      Then her details are Active
      And the portal has shown no password

    @GSP-twice @simulator @contract-gsp
    Scenario: A GSP has one API user for a GSTIN in an environment
      Given Asha has created the API user "dakshin_trial" through "Sahyadri GST Suvidha" at the trial portal
      And she has entered the API user "dakshin_trial" for Sandbox at the GSP "Sahyadri GST Suvidha"
      When she enters the API user "other_user" for Sandbox at the GSP "Sahyadri GST Suvidha"
      Then the portal refuses it as "connection-exists"
      And the GSP "Sahyadri GST Suvidha" has them as Active

    @GSP-remove @simulator @contract-gsp
    Scenario: Removed details are forgotten
      Given Asha has created the API user "dakshin_trial" through "Sahyadri GST Suvidha" at the trial portal
      And she has entered the API user "dakshin_trial" for Sandbox at the GSP "Sahyadri GST Suvidha"
      When she removes them at the GSP
      Then the GSP "Sahyadri GST Suvidha" has none of her details

    @GSP-invalid @simulator @contract-gsp
    Scenario: A GSTIN with a wrong check character
      When Asha enters the API user "dakshin_trial" for Sandbox at the GSP "Sahyadri GST Suvidha", with the GSTIN of "29ABCCD1234E1Z2"
      Then the portal refuses it with the status 422
      And the refused field is "gstin"

    @GSP-unknown @simulator @contract-gsp @json
    Scenario: A company that is not a GSP
      When Asha enters the API user "dakshin_trial" for Sandbox at the GSP "Deodar Ledger Systems"
      Then the portal refuses it as "provider-unknown"
