Feature: Tokens of the e-Invoice API
  Source: NIC's page on authentication, version 1.04: 360 minutes, 60 in the sandbox; the same token
  as long as it lasts; another one, if it is asked for, in the last ten minutes.

  Rule: A token lasts its time, and the world's clock says how long that is

    @API-token-life @must @contract-tokens @nic-1005
    Scenario Outline: A token of the <portal> portal ends after <life> minutes
      Given the clock is frozen
      And Asha is logged in to the <portal> API
      When <life> minutes pass
      And she asks the API for the details of Deccan
      Then the API refuses it with 1005 "Invalid Token"

      Examples:
        | portal     | life |
        | trial      | 60   |
        | production | 360  |

    @API-token-lasts @must @contract-tokens
    Scenario Outline: A token of the <portal> portal is good for <minutes> minutes
      Given the clock is frozen
      And Asha is logged in to the <portal> API
      When <minutes> minutes pass
      And 59 seconds pass
      And she asks the API for the details of Deccan
      Then the API accepts it

      Examples:
        | portal     | minutes |
        | trial      | 59      |
        | production | 359     |

    @API-token-same @must @contract-tokens
    Scenario Outline: Within its life a login gives the same token, <minutes> minutes on
      Given the clock is frozen
      And Asha is logged in to the trial API
      When <minutes> minutes pass
      And she logs in to the trial API again
      Then the token, its expiry and the SEK have not changed

      Examples:
        | minutes |
        | 0       |
        | 30      |
        | 59      |

    @API-token-next @must @contract-tokens
    Scenario: After its life a login gives another token
      Given the clock is frozen
      And Asha is logged in to the trial API
      When 60 minutes pass
      And she logs in to the trial API again
      Then the token and the SEK have changed
      And the token lasts 60 minutes

  Rule: Another token can be had in the last ten minutes

    @API-token-refresh-early @must @contract-tokens
    Scenario Outline: ForceRefreshAccessToken after <minutes> minutes at the <portal> portal changes nothing
      Given the clock is frozen
      And Asha is logged in to the <portal> API
      When <minutes> minutes pass
      And she logs in to the <portal> API again and asks for another token
      Then the token, its expiry and the SEK have not changed

      Examples:
        | portal     | minutes |
        | trial      | 0       |
        | trial      | 49      |
        | production | 349     |

    @API-token-refresh @must @contract-tokens
    Scenario Outline: ForceRefreshAccessToken after <minutes> minutes at the <portal> portal gives another token
      Given the clock is frozen
      And Asha is logged in to the <portal> API
      When <minutes> minutes pass
      And she logs in to the <portal> API again and asks for another token
      Then the token and the SEK have changed
      And the token lasts <life> minutes

      Examples:
        | portal     | minutes | life |
        | trial      | 51      | 60   |
        | trial      | 59      | 60   |
        | production | 351     | 360  |

    @API-token-old-dies @must @contract-tokens @nic-1005
    Scenario: A replaced token is invalid at once
      Given Asha is logged in to the trial API
      And 55 minutes pass
      When she logs in to the trial API again and asks for another token
      And she uses her former token again
      And she asks the API for the details of Deccan
      Then the API refuses it with 1005 "Invalid Token"

  Rule: A token is its user's, for one client, one GSTIN and one portal

    @API-token-refused @must @contract-auth
    Scenario Outline: A call <how>
      Given Mallory is logged in to the trial API
      When she asks the API for the details of Dakshin, <how>
      Then the API refuses it with <code> "<words>"

      @nic-1011
      Examples:
        | how               | code | words                 |
        | without client_id | 1011 | Client Id is required |

      @nic-1012
      Examples:
        | how                   | code | words                     |
        | without client_secret | 1012 | Client Secret is required |

      @nic-1004
      Examples:
        | how           | code | words                    |
        | without Gstin | 1004 | Header GSTIN is required |

      @nic-1010
      Examples:
        | how                          | code | words                           |
        | with another client's secret | 1010 | Invalid Client-ID/Client-Secret |

      @nic-1006
      Examples:
        | how               | code | words                 |
        | without user_name | 1006 | User Name is required |

      @nic-1005
      Examples:
        | how                     | code | words         |
        | without AuthToken       | 1005 | Invalid Token |
        | with an unknown token   | 1005 | Invalid Token |
        | with another user_name  | 1005 | Invalid Token |
        | through another company | 1005 | Invalid Token |

      @nic-1015
      Examples:
        | how                 | code | words                       |
        | under another GSTIN | 1015 | Invalid GSTIN for this user |

    @API-token-order @must @contract-auth
    Scenario Outline: Nothing before "<mistake>" is wrong, and everything from there on
      Given Mallory is logged in to the trial API
      When she asks the API for the details of Dakshin, and everything is wrong from "<mistake>" on
      Then the API refuses it with <code>

      Examples:
        | mistake                      | code |
        | without client_id            | 1011 |
        | without client_secret        | 1012 |
        | without Gstin                | 1004 |
        | with another client's secret | 1010 |
        | without user_name            | 1006 |
        | without AuthToken            | 1005 |
        | with another user_name       | 1005 |
        | under another GSTIN          | 1015 |

    @API-token-other-portal @must @contract-tokens @nic-1005
    Scenario: A token of the trial portal is invalid in production
      Given Asha is logged in to the trial API
      And she is logged in to the production API
      When she asks the production API for the details of Deccan with her token of the other portal
      Then the API refuses it with 1005 "Invalid Token"

    @API-token-other-world @must @contract-worlds @nic-1005
    Scenario: A token of one world is invalid in another
      Given Asha is logged in to the trial API
      When she asks the API of another world for the details of Deccan
      Then the API refuses it with 1005 "Invalid Token"

    @API-token-headers @must @contract-api
    Scenario Outline: A call with its headers <how>
      Given Asha is logged in to the trial API
      When she asks the API for the details of Deccan, its headers <how>
      Then the API accepts it

      Examples:
        | how              |
        | with hyphens     |
        | in capitals      |
        | in small letters |

  Rule: What is sent is sealed with the SEK

    @API-data @must @contract-auth
    Scenario Outline: A cancellation with <what> in Data
      Given Mallory is logged in to the trial API
      When she cancels an invoice with <what> in Data
      Then the API refuses it with <code> "<words>"

      @nic-1020
      Examples:
        | what                         | code | words             |
        | something that is not base64 | 1020 | Decryption failed |
        | a document under another key | 1020 | Decryption failed |

      @nic-5003
      Examples:
        | what    | code | words                        |
        | nothing | 5003 | Data cannot be null or empty |

    @API-data-opened @must @contract-auth @nic-5002
    Scenario: A cancellation that says nothing is opened, and its schema looked at
      Given Mallory is logged in to the trial API
      When she cancels an invoice with a document under the SEK in Data
      Then the API refuses it with 5002
