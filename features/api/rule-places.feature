Feature: NIC's rules about states and the place of supply
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-place @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                        | invoice                                     | change                                    | codes      | path            | instead                                    |
      | The supplier's state code is of the list    | a B2B invoice to another state              | SellerDtls.Stcd=40                        | 2259, 2258 | SellerDtls.Stcd | nothing                                    |
      | The supplier's state is that of the GSTIN   | a B2B invoice to another state              | SellerDtls.Stcd=27, SellerDtls.Pin=411001 | 2258       | SellerDtls.Stcd | nothing                                    |
      | The recipient's state code is of the list   | a B2B invoice                               | BuyerDtls.Stcd=28                         | 2260, 2265 | BuyerDtls.Stcd  | nothing                                    |
      | The recipient's state is that of the GSTIN  | a B2B invoice                               | BuyerDtls.Stcd=27, BuyerDtls.Pin=411001   | 2265       | BuyerDtls.Stcd  | nothing                                    |
      | An export goes abroad                       | an EXPWP invoice                            | BuyerDtls.Stcd=29                         | 2261       | BuyerDtls.Stcd  | nothing                                    |
      | Nothing else does                           | a B2B invoice                               | BuyerDtls.Stcd=96                         | 2269       | BuyerDtls.Stcd  | nothing                                    |
      | The place of supply is of the list          | a B2B invoice to another state              | BuyerDtls.Pos=98                          | 2243       | BuyerDtls.Pos   | BuyerDtls.Pos=97                           |
      | That of an export is abroad                 | an EXPWOP invoice                           | BuyerDtls.Pos=29                          | 2232       | BuyerDtls.Pos   | nothing                                    |
      | That of a supply to an SEZ is not           | a SEZWP invoice                             | BuyerDtls.Pos=96                          | 2242       | BuyerDtls.Pos   | nothing                                    |
      | Nor that of a deemed export                 | a DEXP invoice                              | BuyerDtls.Pos=96                          | 2242       | BuyerDtls.Pos   | BuyerDtls.Pos=27                           |
      | Nor that of a B2B supply, but for transport | a B2B invoice to another state for services | BuyerDtls.Pos=96                          | 2303       | BuyerDtls.Pos   | BuyerDtls.Pos=96, ItemList[0].HsnCd=996511 |
      | The state of ship-to is of the list         | a B2B invoice                               | ship-to=none 28 533001                    | 2200       | ShipDtls.Stcd   | ship-to=none 37 533001                     |
      | The state of dispatch is of the list        | a B2B invoice                               | dispatch=none 50 560001                   | 2200       | DispDtls.Stcd   | dispatch=none 29 560001                    |
      | Goods are not shipped abroad but in exports | a B2B invoice                               | ship-to=none 96 560001                    | 2271       | ShipDtls.Stcd   | ship-to=none 29 560001                     |

    @from-2026-09-18
    Examples:
      | rule                              | invoice                        | change           | codes | path          | instead          |
      | 25 is no longer a place of supply | a B2B invoice to another state | BuyerDtls.Pos=25 | 2243  | BuyerDtls.Pos | BuyerDtls.Pos=26 |
