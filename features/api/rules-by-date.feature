Feature: NIC's rules have dates and environments
  A document is judged by the rules of the day, as the world's clock shows it, in the environment of the call.
  Some rules ask for the date of the document instead. The days are those of NIC's and GSTN's advisories.

  Rule: Figures change from day to day

    @API-date-floor @must @contract-invoices
    Scenario Outline: On <day> documents are registered from <first> on
      Given it is <day> by the clock
      And Asha is logged in to the trial API
      And the yearly turnover of Dakshin is 2 crore rupees
      When she registers a B2B invoice, changed by "DocDtls.Dt=<before>"
      Then the API refuses it with 2284 at "DocDtls.Dt"
      And with "DocDtls.Dt=<first>" instead it is registered

      Examples:
        | day        | before     | first      |
        | 31/03/2023 | 30/09/2020 | 01/10/2020 |
        | 01/04/2023 | 30/09/2022 | 01/10/2022 |
        | 31/03/2026 | 30/09/2022 | 01/10/2022 |
        | 01/04/2026 | 31/03/2025 | 01/04/2025 |

    @API-date-2022 @must @contract-invoices
    Scenario: In 2022 four digits of HSN are enough for any turnover, and a document may be old
      Given it is 13/09/2022 by the clock
      And Asha is logged in to the trial API
      And the yearly turnover of Dakshin is 700 crore rupees
      When she registers a B2B invoice, changed by "DocDtls.Dt=today-1, ItemList[0].HsnCd=8471"
      Then it is registered
      And with "DocDtls.Dt=today-300" instead it is registered

    @API-date-hsn @must @contract-invoices
    Scenario Outline: Six digits of HSN are asked for <words>
      Given it is <day> by the clock
      And Asha is logged in to the <portal> API
      And the yearly turnover of Dakshin is 5 crore rupees
      When she registers a B2B invoice, changed by "ItemList[0].HsnCd=8471"
      Then <outcome>

      Examples:
        | words                     | day        | portal     | outcome                      |
        | from 15 December 2023 on  | 15/12/2023 | trial      | the API refuses it with 2176 |
        | in production as well     | 15/12/2023 | production | the API refuses it with 2176 |
        | and not on the day before | 14/12/2023 | trial      | it is registered             |

    @API-date-age @must @contract-invoices
    Scenario Outline: On <day> the <portal> API refuses old documents from <from> crore rupees on
      Given it is <day> by the clock
      And Asha is logged in to the <portal> API
      And the yearly turnover of Dakshin is <from> crore rupees
      When she registers a B2B invoice, changed by "DocDtls.Dt=today-45"
      Then the API refuses it with 2305 at "DocDtls.Dt"
      And with "DocDtls.Dt=today-30" instead it is registered

      Examples:
        | day        | portal     | from |
        | 01/11/2023 | trial      | 100  |
        | 31/03/2025 | production | 100  |
        | 01/04/2025 | production | 10   |
        | 01/04/2025 | trial      | 500  |
        | 27/11/2026 | production | 10   |
        | 27/11/2026 | trial      | 500  |

    @API-date-age-below @must @contract-invoices
    Scenario Outline: On <day> the <portal> API registers old documents below it, at <below> crore rupees
      Given it is <day> by the clock
      And Asha is logged in to the <portal> API
      And the yearly turnover of Dakshin is <below> crore rupees
      When she registers a B2B invoice, changed by "DocDtls.Dt=today-45"
      Then it is registered

      Examples:
        | day        | portal     | below |
        | 31/10/2023 | trial      | 700   |
        | 01/11/2023 | production | 99    |
        | 01/04/2025 | production | 9     |
        | 01/04/2025 | trial      | 499   |

    @API-date-ewb-age @must @contract-ewaybills
    Scenario: From January 2025 on a document with an e-way bill is not older than 180 days
      Given it is 01/01/2025 by the clock
      And Asha is logged in to the trial API
      And the yearly turnover of Dakshin is 2 crore rupees
      When she registers a B2B invoice, changed by "by=road, DocDtls.Dt=today-181"
      Then it is registered without its e-way bill, for 4043
      And with "by=road, DocDtls.Dt=today-180" instead it has an e-way bill

    @API-date-ewb-age-before @must @contract-ewaybills
    Scenario: Before that it may be
      Given it is 31/12/2024 by the clock
      And Asha is logged in to the trial API
      And the yearly turnover of Dakshin is 2 crore rupees
      When she registers a B2B invoice, changed by "by=road, DocDtls.Dt=today-181"
      Then it has an e-way bill

  Rule: Rates and places come and go

    @API-date-values @must @contract-invoices
    Scenario Outline: <words>
      Given it is <day> by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "<change>"
      Then <outcome>

      Examples:
        | words                                 | day        | change                                          | outcome                      |
        | 40 percent is notified                | 22/09/2025 | lines=2, ItemList[1].GstRt=40                   | it is registered             |
        | Not on the day before                 | 21/09/2025 | lines=2, ItemList[1].GstRt=40                   | the API refuses it with 2240 |
        | Half a percent was withdrawn          | 18/09/2026 | lines=2, ItemList[1].GstRt=0.5                  | the API refuses it with 2240 |
        | It was good on the day before         | 17/09/2026 | lines=2, ItemList[1].GstRt=0.5                  | it is registered             |
        | Daman and Diu is not a place any more | 18/09/2026 | BuyerDtls.Pos=25, IGST instead of CGST and SGST | the API refuses it with 2243 |
        | It was one on the day before          | 17/09/2026 | BuyerDtls.Pos=25, IGST instead of CGST and SGST | it is registered             |

  Rule: Tobacco and pan masala are taxed on their retail sale price, by the document's date

    @API-date-rsp @must @contract-invoices
    Scenario Outline: A line of HSN <hsn> keeps the whole invoice from being computed
      Given it is 02/02/2026 by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice to another state, changed by "lines=2, ItemList[1].HsnCd=<hsn>, IGST=500, DocDtls.Dt=<date>"
      Then <outcome>

      Examples:
        | hsn      | date       | outcome                      |
        | 24022090 | 01/02/2026 | it is registered             |
        | 240319   | 01/02/2026 | it is registered             |
        | 21069020 | 02/02/2026 | it is registered             |
        | 24041900 | 02/02/2026 | it is registered             |
        | 24041200 | 02/02/2026 | the API refuses it with 2235 |
        | 24022090 | 31/01/2026 | the API refuses it with 2235 |

    @API-date-rsp-total @must @contract-invoices
    Scenario Outline: Of such goods neither <tax> nor the total is computed
      Given it is 02/02/2026 by the clock
      And Asha is logged in to the trial API
      When she registers <invoice>, changed by "<change>, ItemList[0].HsnCd=240220, ItemList[0].TotItemVal=1900, ValDtls.TotInvVal=1900, DocDtls.Dt=31/01/2026"
      Then the API refuses it with <codes>
      And with "<change>, ItemList[0].HsnCd=240220, ItemList[0].TotItemVal=1900, ValDtls.TotInvVal=1900, DocDtls.Dt=01/02/2026" instead it is registered

      Examples:
        | tax          | invoice                        | change             | codes      |
        | IGST         | a B2B invoice to another state | IGST=500           | 2235, 2194 |
        | CGST or SGST | a B2B invoice                  | CGST=250, SGST=250 | 2234, 2194 |

  Rule: Announced rules wait

    @API-date-announced @simulator @contract-settings
    Scenario Outline: A rule that is on hold in the <portal> API <words>
      Given it is <day> by the clock
      And announced rules are in force
      And Asha is logged in to the <portal> API
      When she registers a B2B invoice, changed by "by=road, ship-to=29ABCPD1234E2Z9 29 560002"
      Then <outcome>

      Examples:
        | portal     | words                           | day        | outcome                      |
        | production | holds from its announced day on | 15/06/2026 | the API refuses it with 2323 |
        | production | does not hold on the day before | 14/06/2026 | it is registered             |
        | trial      | holds there from its own day on | 17/06/2026 | the API refuses it with 2323 |

    @API-date-on-hold @must @contract-invoices
    Scenario: It does not hold where the world does not ask for it
      Given it is 01/08/2026 by the clock
      And Asha is logged in to the production API
      When she registers a B2B invoice, changed by "by=road, ship-to=29ABCPD1234E2Z9 29 560002"
      Then it has an e-way bill

  Rule: A world can have the rules of another day

    @API-date-rules-on @simulator @contract-settings
    Scenario: The rules of 2022, today
      Given it is 27/11/2026 by the clock
      And the rules are those of 2022-09-13
      And Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "ItemList[0].HsnCd=8471, DocDtls.Dt=today-1500"
      Then it is registered
