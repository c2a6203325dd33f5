Feature: NIC's rules about PIN codes
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-pin @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                                | invoice                        | change                  | codes | path           | instead                  |
      | The recipient has a PIN code                        | a B2B invoice                  | BuyerDtls.Pin=none      | 2244  | BuyerDtls.Pin  | nothing                  |
      | The recipient in an SEZ, too                        | a SEZWP invoice                | BuyerDtls.Pin=null      | 2244  | BuyerDtls.Pin  | nothing                  |
      | It is in India                                      | a B2B invoice                  | BuyerDtls.Pin=999999    | 2274  | BuyerDtls.Pin  | nothing                  |
      | Or in Other Territory                               | a B2B invoice to another state | BuyerDtls.Pin=999999    | 2274  | BuyerDtls.Pin  | recipient=otherTerritory |
      | The supplier's is in India                          | a B2B invoice                  | SellerDtls.Pin=999999   | 2276  | SellerDtls.Pin | nothing                  |
      | That of dispatch is in India                        | a B2B invoice                  | dispatch=none 29 999999 | 2273  | DispDtls.Pin   | dispatch=none 97 999999  |
      | That of ship-to is in India                         | a B2B invoice                  | ship-to=none 29 999999  | 2272  | ShipDtls.Pin   | ship-to=none 97 999999   |
      | That of an export's recipient is not                | an EXPWP invoice               | BuyerDtls.Pin=560001    | 2275  | BuyerDtls.Pin  | BuyerDtls.Pin=none       |
      | The supplier's exists                               | a B2B invoice                  | SellerDtls.Pin=100001   | 3038  | SellerDtls.Pin | SellerDtls.Pin=560100    |
      | The recipient's exists                              | a B2B invoice                  | BuyerDtls.Pin=650001    | 3038  | BuyerDtls.Pin  | BuyerDtls.Pin=591001     |
      | That of dispatch exists                             | a B2B invoice                  | dispatch=none 29 900001 | 3038  | DispDtls.Pin   | dispatch=none 29 560001  |
      | That of ship-to exists                              | a B2B invoice                  | ship-to=none 29 100001  | 3040  | ShipDtls.Pin   | ship-to=none 29 560001   |
      | The supplier's is of the state                      | a B2B invoice                  | SellerDtls.Pin=110001   | 3039  | SellerDtls.Pin | SellerDtls.Pin=562001    |
      | The recipient's is of the state                     | a B2B invoice                  | BuyerDtls.Pin=110001    | 3039  | BuyerDtls.Pin  | BuyerDtls.Pin=560001     |
      | That of dispatch is of the state, and 160 is of two | a B2B invoice                  | dispatch=none 3 110001  | 3039  | DispDtls.Pin   | dispatch=none 3 160001   |
      | That of ship-to is of the state                     | a B2B invoice                  | ship-to=none 29 110001  | 3041  | ShipDtls.Pin   | ship-to=none 07 110001   |

  @API-rule-pin-words @must @contract-invoices
  Scenario Outline: In NIC's words: "<words>"
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "<change>"
    Then the API refuses it with <code> "<words>"

    Examples:
      | change                | code | words                                                           |
      | SellerDtls.Pin=101301 | 3038 | Seller details Details:Pincode-101301 does not exists           |
      | SellerDtls.Pin=110001 | 3039 | Pincode -110001 of Seller does not belong to his/her State - 29 |
      | BuyerDtls.Pin=101301  | 3038 | Buyer details Details:Pincode-101301 does not exists            |
      | BuyerDtls.Pin=110001  | 3039 | Pincode -110001 of Buyer does not belong to his/her State - 29  |
