Feature: E-way bills
  With an invoice, and for one that is registered. Source: NIC's pages on e-way bills by IRN, version
  1.03, and NIC's validations of the part of an invoice that asks for one.

  Rule: An invoice may ask for its e-way bill, and is registered whatever comes of that

    @API-ewb-with @must @contract-ewaybills
    Scenario Outline: An invoice whose goods go by <way>
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "by=<way>"
      Then it has an e-way bill
      And the computed distance is in InfoDtls alone

      Examples:
        | way         |
        | road        |
        | rail        |
        | air         |
        | ship        |
        | transporter |

    @API-ewb-blocked @must @contract-ewaybills @nic-4015
    Scenario: A buyer who has not filed returns
      Given Asha is logged in to the trial API
      And Deccan is blocked from e-way bills for not filing returns
      When she registers a B2B invoice, changed by "by=road"
      Then it is registered without its e-way bill, for 4015

    @API-ewb-rule @must @contract-ewaybills
    Scenario Outline: <rule>
      Given Asha is logged in to the trial API
      When she registers <invoice>, changed by "<change>"
      Then it is registered without its e-way bill, for <codes>
      And with "<instead>" instead it has an e-way bill

      Examples:
        | rule                                     | invoice                        | change                                                 | codes      | instead                                                    |
        | Notes get none                           | a B2B credit note              | by=road                                                | 4010       | DocDtls.Typ=INV, by=road                                   |
        | Services get none                        | a B2B invoice for services     | by=road                                                | 4009       | lines=2, by=road                                           |
        | An export names the port                 | an EXPWP invoice               | by=road, EwbDtls.Distance=330                          | 4031       | by=road, EwbDtls.Distance=330, ship-to=none 33 600001      |
        | Which is in India                        | an EXPWP invoice               | by=road, ship-to=none 96 600001                        | 4032       | by=road, ship-to=none 33 600001                            |
        | And its PIN code, too                    | an EXPWP invoice               | by=road, EwbDtls.Distance=330, ship-to=none 33 999999  | 4033       | by=road, EwbDtls.Distance=330, ship-to=none 33 600001      |
        | Goods leave from India                   | a B2B invoice                  | by=road, dispatch=none 96 560001                       | 4035       | by=road, dispatch=none 29 560001                           |
        | From a PIN code in India                 | a B2B invoice                  | by=road, EwbDtls.Distance=440, dispatch=none 97 999999 | 4036       | by=road, dispatch=none 29 560001                           |
        | Something is said but the distance       | a B2B invoice                  | by=nothing                                             | 4019       | by=transporter                                             |
        | A transporter has an id                  | a B2B invoice                  | by=nothing, EwbDtls.TransName=Trishul                  | 4027       | by=transporter, EwbDtls.TransName=Trishul                  |
        | It is registered                         | a B2B invoice                  | by=road, EwbDtls.TransId=unknown                       | 4018       | by=road, EwbDtls.TransId=transporter                       |
        | Or enrolled under 88                     | a B2B invoice                  | by=road, EwbDtls.TransId=88ABZCX4321K1ZF               | 4018       | by=road, EwbDtls.TransId=enrolledTransporter               |
        | A vehicle goes by some mode              | a B2B invoice                  | by=road, EwbDtls.TransMode=none                        | 4028       | by=road                                                    |
        | By road there is a vehicle               | a B2B invoice                  | by=road, EwbDtls.VehNo=none                            | 4011       | by=road                                                    |
        | Of some type                             | a B2B invoice                  | by=road, EwbDtls.VehType=none                          | 4022       | by=road, EwbDtls.VehType=O                                 |
        | With a number that could be one          | a B2B invoice                  | by=road, EwbDtls.VehNo=KA01AB123                       | 4014       | by=road, EwbDtls.VehNo=22BH1234AA                          |
        | By rail nothing is over-dimensional      | a B2B invoice                  | by=rail, EwbDtls.VehType=O                             | 4024       | by=rail, EwbDtls.VehType=R                                 |
        | By air neither                           | a B2B invoice                  | by=air, EwbDtls.VehType=O                              | 4024       | by=air                                                     |
        | By ship everything is                    | a B2B invoice                  | by=ship, EwbDtls.VehType=R                             | 4039       | by=ship                                                    |
        | By ship there is a document or a vehicle | a B2B invoice                  | by=ship, EwbDtls.TransDocNo=none                       | 4040       | by=ship, EwbDtls.TransDocNo=none, EwbDtls.VehNo=KA01AB1234 |
        | By rail there is a document              | a B2B invoice                  | by=rail, EwbDtls.TransDocNo=none                       | 4012       | by=rail                                                    |
        | With its day                             | a B2B invoice                  | by=air, EwbDtls.TransDocDt=none                        | 4023       | by=air                                                     |
        | Which is a day                           | a B2B invoice                  | by=rail, EwbDtls.TransDocDt=31/06/2026                 | 4017       | by=rail                                                    |
        | Not of the future                        | a B2B invoice                  | by=rail, EwbDtls.TransDocDt=today+1                    | 4016       | by=rail                                                    |
        | Nor before the invoice                   | a B2B invoice                  | by=rail, EwbDtls.TransDocDt=today-1                    | 4021       | by=rail, EwbDtls.TransDocDt=today-1, DocDtls.Dt=today-1    |
        | To 999999 the distance is told           | a B2B invoice                  | by=road, ship-to=none 97 999999                        | 4033, 4034 | by=road, ship-to=none 29 560002                            |
        | Within a PIN code, too                   | a B2B invoice                  | by=road, BuyerDtls.Pin=560001                          | 4029       | by=road, BuyerDtls.Pin=560001, EwbDtls.Distance=1          |
        | It is 100 km at most                     | a B2B invoice                  | by=road, BuyerDtls.Pin=560001, EwbDtls.Distance=101    | 4038       | by=road, BuyerDtls.Pin=560001, EwbDtls.Distance=100        |
        | And where there is no road               | a B2B invoice                  | by=road, ship-to=none 35 744101                        | 4030       | by=road, ship-to=none 35 744101, EwbDtls.Distance=4000     |
        | A distance is not far too short          | a B2B invoice to another state | by=road, EwbDtls.Distance=1                            | 4013       | by=road                                                    |
        | Nor far too long                         | a B2B invoice                  | by=road, EwbDtls.Distance=4000                         | 4038       | by=road                                                    |

      @from-2025-01-01
      Examples:
        | rule                                 | invoice       | change                                    | codes | instead                                    |
        | With the number of a railway receipt | a B2B invoice | by=rail, EwbDtls.TransDocNo=RR/2211       | 4042  | by=rail, EwbDtls.TransDocNo=PNZM2020307306 |
        | Of freight, with 9 digits            | a B2B invoice | by=rail, EwbDtls.TransDocNo=FSJWT12345678 | 4042  | by=rail, EwbDtls.TransDocNo=FSJWT123456789 |
        | Or of a leased wagon                 | a B2B invoice | by=rail, EwbDtls.TransDocNo=LNZM12345678  | 4042  | by=rail, EwbDtls.TransDocNo=L123456789     |

    @API-ewb-age @must @contract-ewaybills @nic-4043
    Scenario: A document of 181 days gets none
      Given it is 15/07/2026 by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "by=road, DocDtls.Dt=today-181"
      Then it is registered without its e-way bill, for 4043
      And with "by=road, DocDtls.Dt=today-180" instead it has an e-way bill

    @API-ewb-distance-only @must @contract-ewaybills @nic-4019
    Scenario Outline: With the distance alone, only the transporter's id is asked for: <invoice>
      Given Asha is logged in to the trial API
      When she registers <invoice>, changed by "by=nothing"
      Then it is registered without its e-way bill, for 4019

      Examples:
        | invoice                    |
        | a B2B invoice              |
        | a B2B invoice for services |
        | a B2B credit note          |
        | a B2B debit note           |
        | an EXPWP invoice           |

    @API-ewb-irn-distance-only @must @contract-ewaybills @nic-4019
    Scenario: And so it is by the IRN
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice for services
      When she asks for its e-way bill by nothing
      Then the API refuses it with 4019 "Provide Transporter ID in order to generate Part A of e-Way Bill"

  Rule: An invoice that is registered gets its e-way bill by its IRN

    @API-ewb-irn @must @contract-ewaybills
    Scenario Outline: By <way>
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she asks for its e-way bill by <way>
      Then the e-way bill has 12 digits
      And it is valid for a day for each <kilometres> kilometres, until midnight
      And the computed distance is in InfoDtls and in the remarks

      Examples:
        | way  | kilometres |
        | road | 200        |
        | rail | 200        |
        | air  | 200        |

    @API-ewb-part-a @must @contract-ewaybills
    Scenario: With the transporter alone it is Part A
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she asks for its e-way bill by transporter
      Then the e-way bill has 12 digits
      And it is not valid for any time yet

    @API-ewb-over-dimensional @must @contract-ewaybills
    Scenario: Over-dimensional cargo has a day for each 20 kilometres
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she asks for its e-way bill by road, changed by "VehType=O"
      Then it is valid for a day for each 20 kilometres, until midnight

    @API-ewb-old-names @must @contract-ewaybills
    Scenario: The names of older versions are taken
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she asks for its e-way bill by rail, changed by "TransDocNo=none, TransDocDt=none, TrnDocNo=FSJWT123456789, TrnDocDt=today"
      Then the e-way bill has 12 digits

    @API-ewb-irn-rule @must @contract-ewaybills
    Scenario Outline: By road with "<change>"
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she asks for its e-way bill by road, changed by "<change>"
      Then the API refuses it with <code> at "<path>"

      Examples:
        | change        | code | path      |
        | VehNo=none    | 4011 | VehNo     |
        | VehType=none  | 4022 | VehType   |
        | VehType=X     | 4020 | VehType   |
        | VehNo=1234567 | 4014 | VehNo     |
        | Distance=none | 5002 | Distance  |
        | Distance=4000 | 4038 | Distance  |
        | TransMode=9   | 5002 | TransMode |

    @API-ewb-twice @must @contract-ewaybills @nic-4002
    Scenario: A second e-way bill for an invoice is refused
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she asks for its e-way bill by road
      Then the API refuses it with 4002 "EwayBill is already generated for this IRN"

    @API-ewb-cancelled-irn @must @contract-ewaybills @nic-2302
    Scenario: A cancelled invoice gets no e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has cancelled it
      When she asks for its e-way bill by road
      Then the API refuses it with 2302 "Status of the IRN is not active"

    @API-ewb-unknown @must @contract-ewaybills @nic-2148
    Scenario: An unknown invoice gets no e-way bill
      Given Asha is logged in to the trial API
      When she asks for the e-way bill of an unknown invoice
      Then the API refuses it with 2148 "Requested IRN data is not available"

    @API-ewb-stranger @must @contract-ewaybills @nic-2143
    Scenario: Another taxpayer's invoice gets no e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And Mallory is logged in to the trial API
      When she asks for its e-way bill by road
      Then the API refuses it with 2143 "Invoice does not belongs to the user GSTIN"

    @API-ewb-service @must @contract-ewaybills @nic-4009
    Scenario: Services get no e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice for services
      When she asks for its e-way bill by road
      Then the API refuses it with 4009

  Rule: It can be read, and in the sandbox cancelled

    @API-ewb-read @must @contract-ewaybills
    Scenario: It reads as active
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she reads its e-way bill
      Then the e-way bill reads as active

    @API-ewb-read-none @must @contract-ewaybills @nic-4005
    Scenario: An invoice without e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she reads its e-way bill
      Then the API refuses it with 4005 "Eway Bill details are not found"

    @API-ewb-cancel @must @contract-ewaybills
    Scenario: A cancelled one is read as cancelled
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she cancels its e-way bill
      And she reads its e-way bill
      Then the e-way bill reads as cancelled

    @API-ewb-keeps-irn @must @contract-ewaybills @nic-2230
    Scenario: An invoice with an active e-way bill cannot be cancelled
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she cancels it
      Then the API refuses it with 2230

    @API-ewb-then-irn @must @contract-ewaybills
    Scenario: An invoice can be cancelled after its e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      And she has cancelled its e-way bill
      When she cancels it
      Then it is cancelled at the current time

    @API-ewb-cancel-habits @must @contract-ewaybills
    Scenario Outline: A cancellation with <what> is taken
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she cancels its e-way bill with <what>
      And she reads its e-way bill
      Then the e-way bill reads as cancelled

      Examples:
        | what                      |
        | its remark as CancelRmrk  |
        | a blank behind the action |

    @API-ewb-cancel-refused @must @contract-ewaybills
    Scenario Outline: A cancellation with <what>
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When she cancels its e-way bill with <what>
      Then the e-way bill system refuses it with <code>

      Examples:
        | what                        | code |
        | another client's secret     | 110  |
        | an unknown token            | 105  |
        | data under another key      | 109  |
        | data that is not a document | 100  |
        | an array                    | 100  |
        | another action              | 239  |
        | a text for its number       | 301  |
        | an unknown number           | 301  |

    @API-ewb-cancel-late @must @contract-ewaybills
    Scenario: A cancellation with a token that has ended
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      When 61 minutes pass
      And she cancels its e-way bill with its token
      Then the e-way bill system refuses it with 106

    @API-ewb-cancel-twice @must @contract-ewaybills
    Scenario: A second cancellation of an e-way bill is refused
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      And she has cancelled its e-way bill
      When she cancels its e-way bill
      Then the e-way bill system refuses it with 312

    @API-ewb-cancel-stranger @must @contract-ewaybills
    Scenario: The recipient may not cancel the e-way bill
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by road
      And Mallory is logged in to the trial API
      When she cancels its e-way bill
      Then the e-way bill system refuses it with 312

    @API-ewb-cancel-window @must @contract-ewaybills
    Scenario Outline: An e-way bill by <way> can be cancelled for 24 hours
      Given it is 15/07/2026 12:00:00 by the clock
      And Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by <way>
      When 24 hours pass
      And she cancels its e-way bill
      Then the API accepts it

      Examples:
        | way         |
        | road        |
        | transporter |

    @API-ewb-cancel-too-late @must @contract-ewaybills
    Scenario Outline: An e-way bill by <way> cannot be cancelled after 24 hours
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has asked for its e-way bill by <way>
      When 1441 minutes pass
      And she cancels its e-way bill
      Then the e-way bill system refuses it with <code>

      Examples:
        | way         | code |
        | road        | 728  |
        | transporter | 315  |

    @API-ewb-cancel-production @must @contract-ewaybills
    Scenario: In production only the e-way bill system cancels
      When Asha looks for the cancellation of e-way bills in production
      Then the portal refuses it with the status 404
