Feature: What a world's settings change at the e-Invoice API
  Source: the contract.

  Rule: Rules that NIC suspended, or has announced, can be put in force

    @API-set-rule @must @contract-settings @contract-invoices
    Scenario Outline: <rule>
      Given Asha is logged in to the trial API
      And the rule "<rule>" is in force
      When she registers a B2B invoice, changed by "<change>"
      Then the API refuses it with <code> at "<path>"
      And with "<instead>" instead it is registered

      Examples:
        | rule                  | change                                     | code | path               | instead                                    |
        | gross-amount          | ItemList[0].Qty=2                          | 2192 | ItemList[0].TotAmt | ItemList[0].Qty=1.001                      |
        | ship-to-gstin-differs | by=road, ship-to=29ABCPD1234E2Z9 29 560002 | 2323 | ShipDtls.Gstin     | by=road, ship-to=URP 29 560002             |
        | ship-to-gstin-state   | by=road, ship-to=32ABCCB6789P1ZZ 29 560002 | 2325 | ShipDtls.Stcd      | by=road, ship-to=32ABCCB6789P1ZZ 32 682001 |
        | ship-to-gstin-sent    | by=road, ship-to=none 29 560002            | 5002 | ShipDtls.Gstin     | by=road, ship-to=URP 29 560002             |

    @API-set-export-country @must @contract-settings @nic-2202 @sim
    Scenario: An export names its country, where the world wants it
      Given Asha is logged in to the trial API
      And the rule "export-country" is in force
      When she registers an EXPWOP invoice, changed by "ExpDtls.Port=INABG1"
      Then the API refuses it with 2202 at "ExpDtls.CntCode"
      And with "ExpDtls.CntCode=AE" instead it is registered

    @API-set-ewb-rule @must @contract-settings @contract-invoices
    Scenario: Recipient and ship-to are two, for an e-way bill
      Given Asha is logged in to the trial API
      And the rule "ewb-ship-to-gstin-differs" is in force
      When she registers a B2B invoice, changed by "by=road, ship-to=29ABCPD1234E2Z9 29 560002"
      Then it is registered without its e-way bill, for 4073
      And with "by=road, ship-to=URP 29 560002" instead it has an e-way bill

  Rule: The world can be more lenient, or write otherwise

    @API-set-unknown @simulator @contract-settings
    Scenario: An unknown GSTIN gets an invoice
      Given Asha is logged in to the trial API
      And unknown GSTINs are treated as registered
      When she registers a B2B invoice, changed by "BuyerDtls.Gstin=29ABZCX4321K1ZF"
      Then it is registered

    @API-set-unknown-address @must @contract-settings @sim
    Scenario: A made-up taxpayer has a whole address
      Given Asha is logged in to the trial API
      And unknown GSTINs are treated as registered
      When she asks the API for the details of the GSTIN 33ABZCX4321K1ZF
      Then the details say "Building 1" of "AddrBnm"
      And the details say "1" of "AddrBno"
      And the details say "Main Road" of "AddrSt"
      And the details have the number 600001 as "AddrPncd"

    @API-set-errors @must @contract-settings @nic-2182
    Scenario Outline: A client understands ErrorDetails as <form>
      Given Asha is logged in to the trial API
      And the API writes its errors as <form>
      When she registers a B2B invoice, changed by "ValDtls.AssVal=1"
      Then the API refuses it with 2182 "Taxable value of all items is not equal to total taxable value"

      Examples:
        | form   |
        | array  |
        | base64 |
        | json   |

    @API-set-retired @simulator @contract-settings
    Scenario: The version of the login that NIC withdrew is there if it is wanted
      Given Girish has API credentials of the trial portal
      And the API still answers the version that NIC withdrew
      When he logs in to the trial API, by its retired version
      Then the API accepts the login
      And he asks the API for the details of Deccan
      And the API accepts it
