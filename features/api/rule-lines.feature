Feature: NIC's rules about lines
  Each row has the smallest change that breaks a valid invoice, NIC's code for it, the field that the journal
  names, and an equally small change that does not break it.

  @API-rule-line @must @contract-invoices
  Scenario Outline: <rule>
    Given Asha is logged in to the trial API
    When she registers <invoice>, changed by "<change>"
    Then the API refuses it with <codes> at "<path>"
    And with "<instead>" instead it is registered

    Examples:
      | rule                                              | invoice                    | change                            | codes | path               | instead                                          |
      | There is a line                                   | a B2B invoice              | lines=0                           | 2228  | ItemList           | lines=1                                          |
      | There are no more than 1000                       | a B2B invoice              | lines=1001                        | 2173  | ItemList           | lines=1000                                       |
      | No serial number is there twice                   | a B2B invoice              | lines=3, ItemList[2].SlNo=01      | 2233  | ItemList[2].SlNo   | lines=3, ItemList[2].SlNo=10                     |
      | An HSN code is of a chapter                       | a B2B invoice              | lines=2, ItemList[1].HsnCd=770100 | 2176  | ItemList[1].HsnCd  | lines=2, ItemList[1].HsnCd=760100                |
      | And of NIC's list, which lacks some of six digits | a B2B invoice              | ItemList[0].HsnCd=521211          | 2176  | ItemList[0].HsnCd  | ItemList[0].HsnCd=52121100                       |
      | Goods have no service's code                      | a B2B invoice              | ItemList[0].HsnCd=998313          | 3047  | ItemList[0].HsnCd  | ItemList[0].HsnCd=998313, ItemList[0].IsServc=Y  |
      | Services have no goods' code                      | a B2B invoice for services | ItemList[0].HsnCd=847130          | 3048  | ItemList[0].HsnCd  | ItemList[0].HsnCd=998314                         |
      | Goods have a quantity                             | a B2B invoice              | ItemList[0].Qty=none              | 2238  | ItemList[0].Qty    | ItemList[0].Qty=0                                |
      | Goods have a unit                                 | a B2B invoice              | ItemList[0].Unit=none             | 2239  | ItemList[0].Unit   | ItemList[0].Unit=KGS                             |
      | A unit is of the list                             | a B2B invoice              | ItemList[0].Unit=XXX              | 2177  | ItemList[0].Unit   | ItemList[0].Unit=kgs                             |
      | The rate is one that was notified                 | a B2B invoice              | lines=2, ItemList[1].GstRt=2      | 2240  | ItemList[1].GstRt  | lines=2, ItemList[1].GstRt=3                     |
      | The taxable value is the gross amount             | a B2B invoice              | ItemList[0].TotAmt=1002.00        | 2193  | ItemList[0].AssAmt | ItemList[0].TotAmt=1001.99                       |
      | Less the discount                                 | a B2B invoice              | ItemList[0].Discount=10           | 2193  | ItemList[0].AssAmt | ItemList[0].Discount=10, ItemList[0].TotAmt=1010 |

    @from-2026-09-18
    Examples:
      | rule              | invoice       | change                         | codes | path              | instead                         |
      | 0.5 was withdrawn | a B2B invoice | lines=2, ItemList[1].GstRt=0.5 | 2240  | ItemList[1].GstRt | lines=2, ItemList[1].GstRt=0.25 |

  @API-rule-hsn-long @must @contract-invoices @from-2023-12-15
  Scenario: An HSN code has six digits from 5 crore rupees on
    Given Asha is logged in to the trial API
    And the yearly turnover of Dakshin is 5 crore rupees
    When she registers a B2B invoice, changed by "ItemList[0].HsnCd=8471"
    Then the API refuses it with 2176 at "ItemList[0].HsnCd"
    And with "ItemList[0].HsnCd=84713010" instead it is registered

  @API-rule-hsn-short @must @contract-invoices
  Scenario: Below 5 crore rupees four digits of HSN are enough
    Given Asha is logged in to the trial API
    And the yearly turnover of Dakshin is 4 crore rupees
    When she registers a B2B invoice, changed by "ItemList[0].HsnCd=8471"
    Then it is registered

  @API-rule-gross @must @contract-invoices
  Scenario: The gross amount need not be quantity times price
    Given Asha is logged in to the trial API
    When she registers a B2B invoice, changed by "ItemList[0].Qty=2"
    Then it is registered
