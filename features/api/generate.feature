Feature: Registering an invoice
  Source: NIC's page on Generate IRN, version 1.03, and what the signed copies of real invoices show.

  Rule: A valid invoice gets its IRN

    @API-gen-supply @must @contract-invoices
    Scenario Outline: <invoice>
      Given Asha is logged in to the trial API
      When she registers <invoice>
      Then it is registered
      And its signed QR code says what the invoice says, by the certificate of the trial portal

      Examples:
        | invoice                            |
        | a B2B invoice                      |
        | a B2B invoice to another state     |
        | a B2B invoice for services         |
        | a B2B invoice under reverse charge |
        | a B2B credit note                  |
        | a B2B debit note                   |
        | a SEZWP invoice                    |
        | a SEZWP invoice for services       |
        | a SEZWOP invoice                   |
        | an EXPWP invoice                   |
        | an EXPWP credit note               |
        | an EXPWOP invoice                  |
        | a DEXP invoice                     |

    @API-gen-irn @must @contract-invoices @from-2025-06-01
    Scenario Outline: The IRN of <invoice>
      Given Asha is logged in to the trial API
      When she registers <invoice>
      Then its IRN is the hash of supplier, year, type and number, in capitals
      And it has an acknowledgement of 15 digits and the current time

      Examples:
        | invoice           |
        | a B2B invoice     |
        | a B2B credit note |
        | a B2B debit note  |
        | an EXPWP invoice  |

    @API-gen-times @must @contract-invoices
    Scenario Outline: NIC keeps <time> as <kept>
      Given it is 15/07/2026 <time> by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "by=road"
      Then it is acknowledged at <time>, in the signed copy too
      And its e-way bill is dated <kept>
      When she reads it by its IRN
      Then it reads as acknowledged at <kept>, and its e-way bill as dated <kept>

      Examples:
        | time     | kept     |
        | 09:29:42 | 09:30:00 |
        | 13:20:56 | 13:21:00 |
        | 15:08:39 | 15:09:00 |
        | 19:59:08 | 19:59:00 |

    @API-gen-signed @must @contract-invoices
    Scenario Outline: The signed copy at the <portal> portal
      Given Asha is logged in to the <portal> API
      When she registers <invoice>
      Then its signed copy has the acknowledgement, every member that was sent, and the issuer "<issuer>"
      And its signed QR code says what the invoice says, by the certificate of the <portal> portal
      And the certificate of the <other> portal does not verify it

      Examples:
        | portal     | invoice          | issuer      | other      |
        | trial      | a B2B invoice    | NIC Sandbox | production |
        | trial      | an EXPWP invoice | NIC Sandbox | production |
        | production | a B2B invoice    | NIC         | trial      |

    @API-gen-signed-lines @must @contract-invoices
    Scenario: Each line of the signed copy begins with ItemNo 0
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "lines=2"
      Then each line of its signed copy begins with ItemNo 0

    @API-gen-main-hsn @must @contract-invoices
    Scenario: The main HSN code is that of the line with the highest taxable value
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "lines=3, worth=2, ItemList[1].HsnCd=847160"
      Then it is registered
      And its signed QR code says what the invoice says, by the certificate of the trial portal

    @API-gen-behind-portal @must @contract-listeners
    Scenario: The same document is registered at each portal by itself
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she logs in to the production API
      And she registers it again
      Then it is registered

    @API-gen-lines @must @contract-invoices
    Scenario: An invoice may have 1000 lines
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "lines=1000"
      Then it is registered
      And its signed QR code says what the invoice says, by the certificate of the trial portal

  Rule: What clients send is taken, though it is not as NIC writes it

    @API-gen-habits @must @contract-api
    Scenario Outline: <habit>
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "<change>"
      Then it is registered

      Examples:
        | habit                   | change                                                      |
        | an amount as text       | ItemList[0].AssAmt=text 1000, ValDtls.TotInvVal=text 1180.0 |
        | a PIN code as text      | BuyerDtls.Pin=text 580020                                   |
        | a type in small letters | DocDtls.Typ=inv                                             |
        | an optional member null | BuyerDtls.TrdNm=null, ItemList[0].Barcde=null               |
        | an optional object null | ShipDtls=null, EwbDtls=null                                 |
        | an unknown member       | SellerDtls.Colour=blue                                      |

    @API-gen-one-digit @must @contract-api
    Scenario: A state code of one digit
      Given Asha is logged in to the trial API
      When she registers a B2B invoice to another state, changed by "BuyerDtls.Gstin=oneDigitState, BuyerDtls.Stcd=7, BuyerDtls.Pos=7, BuyerDtls.Pin=110005"
      Then it is registered

  Rule: A document is registered once

    @API-gen-duplicate @must @contract-invoices @nic-2150
    Scenario Outline: <invoice> twice
      Given Asha is logged in to the trial API
      And she has registered <invoice>
      When she registers it again
      Then the API refuses it with 2150 "Duplicate IRN"
      And the refusal names the IRN, the number and the time of the first

      Examples:
        | invoice           |
        | a B2B invoice     |
        | a B2B credit note |
        | an EXPWOP invoice |

    @API-gen-duplicate-other @must @contract-invoices @nic-2150
    Scenario Outline: The same number again, and another <what>
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice, changed by "DocDtls.No=AB-~/c"
      When she registers it again, changed by "<change>"
      Then the API refuses it with 2150 "Duplicate IRN"

      Examples:
        | what              | change                             |
        | description       | ItemList[0].PrdDesc=Something else |
        | day, a day before | DocDtls.Dt=today-1                 |

      @from-2025-06-01
      Examples:
        | what | change            |
        | case | DocDtls.No=ab-~/C |

    @API-gen-apart @must @contract-invoices @from-2025-06-01
    Scenario Outline: The same number again, and another <what>, is another document
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she registers it again, changed by "<change>"
      Then it is registered
      And its IRN is the hash of supplier, year, type and number, in capitals

      Examples:
        | what   | change          |
        | type   | DocDtls.Typ=CRN |
        | number | DocDtls.No=B~   |

    @API-gen-year-apart @must @contract-invoices
    Scenario: The same number in another financial year is another document
      Given it is 15/07/2026 by the clock
      And Asha is logged in to the trial API
      And she has registered a B2B invoice
      When she registers it again, changed by "DocDtls.Dt=31/03/2026"
      Then it is registered
      And its IRN is the hash of supplier, year, type and number, in capitals

    @API-gen-supplier-apart @must @contract-invoices
    Scenario: The same number of another supplier is another document
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice, changed by "DocDtls.No=A1"
      And Mallory is logged in to the trial API
      When she registers a B2B invoice, changed by "DocDtls.No=A1, BuyerDtls.Gstin=36ABCCE4321F1Z1, BuyerDtls.Stcd=36, BuyerDtls.Pin=500003"
      Then it is registered

    @API-gen-after-cancel @must @contract-invoices @nic-2278
    Scenario: The number of a cancelled invoice cannot be used again
      Given Asha is logged in to the trial API
      And she has registered a B2B invoice
      And she has cancelled it
      When she registers it again
      Then the API refuses it with 2278

    @API-gen-at-once @must @contract-invoices @nic-2150
    Scenario: Two identical requests at once
      Given Asha is logged in to the trial API
      When she registers a B2B invoice twice at once
      Then one got an IRN and the other was refused with 2150

    @API-gen-refused-is-free @must @contract-invoices
    Scenario: The number of a refused invoice can be used again
      Given Asha is logged in to the trial API
      When she registers a B2B invoice, changed by "ValDtls.AssVal=1"
      Then the API refuses it with 2182
      And with "nothing" instead it is registered

  Rule: Capitals in the IRN came in June 2025

    @API-gen-before-june @must @contract-invoices
    Scenario: Before that the number is hashed as it was sent
      Given it is 31/05/2025 by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice
      Then its IRN is the hash of supplier, year, type and number

    @API-gen-case-apart @must @contract-invoices
    Scenario: Before that another case is another number
      Given it is 31/05/2025 by the clock
      And Asha is logged in to the trial API
      And she has registered a B2B invoice, changed by "DocDtls.No=AB-~/c"
      When she registers it again, changed by "DocDtls.No=ab-~/C"
      Then it is registered

    @API-gen-since-june @must @contract-invoices
    Scenario: From then on in capitals
      Given it is 01/06/2025 by the clock
      And Asha is logged in to the trial API
      When she registers a B2B invoice
      Then its IRN is the hash of supplier, year, type and number, in capitals
