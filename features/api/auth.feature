Feature: Logging in to the e-Invoice API
  The credentials that the guide produces open the API. Source: NIC's page on
  authentication, version 1.04, and the contract for the order of the checks.

  Rule: The credentials that the guide made are good

    @API-auth @must @contract-auth @behaviour-07
    Scenario Outline: The credentials of the <portal> portal open its API
      Given Asha has API credentials of the <portal> portal
      When she logs in to the <portal> API
      Then the API accepts the login
      And the token has 25 letters and digits
      And the token lasts <minutes> minutes

      Examples:
        | portal     | minutes |
        | trial      | 60      |
        | production | 360     |

    @API-auth-unusual @must @contract-auth
    Scenario Outline: A login <how>
      When Asha logs in to the trial API, <how>
      Then the API accepts the login

      Examples:
        | how                                       |
        | its headers with hyphens                  |
        | its headers in capitals                   |
        | its headers in small letters              |
        | its path in small letters                 |
        | its path with a doubled slash             |
        | with data in small letters                |
        | with Username and Appkey in other letters |
        | with an AppKey of 16 bytes                |
        | with an AppKey of 24 bytes                |

    @API-auth-after-failures @must @contract-auth
    Scenario: Wrong passwords do not lock an API user
      Given Mallory has logged in to the trial API 6 times with a wrong password
      When she logs in to the trial API
      Then the API accepts the login

    @API-auth-retired @must @contract-auth
    Scenario: The version that NIC withdrew is not there
      When Girish logs in to the trial API, by its retired version
      Then the portal refuses it with the status 404

  Rule: Every refusal has NIC's code and words

    @API-auth-refused @must @contract-auth @behaviour-20
    Scenario Outline: A login <how>
      When Mallory logs in to the <portal> API <how>
      Then the API refuses it with <code> "<words>"

      @nic-1011
      Examples:
        | portal     | how               | code | words                 |
        | trial      | without client_id | 1011 | Client Id is required |
        | production | without client_id | 1011 | Client Id is required |

      @nic-1012
      Examples:
        | portal | how                   | code | words                     |
        | trial  | without client_secret | 1012 | Client Secret is required |

      @nic-1004
      Examples:
        | portal | how           | code | words                    |
        | trial  | without Gstin | 1004 | Header GSTIN is required |

      @nic-1010
      Examples:
        | portal     | how                          | code | words                           |
        | trial      | with an unknown client_id    | 1010 | Invalid Client-ID/Client-Secret |
        | trial      | with another client's secret | 1010 | Invalid Client-ID/Client-Secret |
        | production | with another client's secret | 1010 | Invalid Client-ID/Client-Secret |

      @nic-5003
      Examples:
        | portal | how                     | code | words                        |
        | trial  | without Data            | 5003 | Data cannot be null or empty |
        | trial  | with Data that is empty | 5003 | Data cannot be null or empty |

      @nic-1013
      Examples:
        | portal     | how                               | code | words                         |
        | trial      | under the key of the other portal | 1013 | Decryption of password failed |
        | production | under the key of the other portal | 1013 | Decryption of password failed |
        | trial      | with Data that is not base64      | 1013 | Decryption of password failed |
        | trial      | with half a block as Data         | 1013 | Decryption of password failed |

      @nic-1007
      Examples:
        | portal | how                                | code | words                                           |
        | trial  | with something that is not a login | 1007 | Authentication failed. Pls. inform the helpdesk |

      @nic-1016
      Examples:
        | portal | how                               | code | words                        |
        | trial  | with an AppKey of 31 bytes        | 1016 | Decryption of App Key failed |
        | trial  | with an AppKey that is not base64 | 1016 | Decryption of App Key failed |
        | trial  | without an AppKey                 | 1016 | Decryption of App Key failed |

      @nic-1017
      Examples:
        | portal     | how                                 | code | words                                  |
        | trial      | as an unknown user                  | 1017 | Incorrect user id/User does not exists |
        | trial      | with the Username in the other case | 1017 | Incorrect user id/User does not exists |
        | production | without API_ before the Username    | 1017 | Incorrect user id/User does not exists |

      @nic-1018
      Examples:
        | portal     | how                     | code | words                                |
        | trial      | through another company | 1018 | Client Id is not mapped to this user |
        | production | through another company | 1018 | Client Id is not mapped to this user |

      @nic-1019
      Examples:
        | portal     | how                                 | code | words              |
        | trial      | with a wrong password               | 1019 | Incorrect Password |
        | trial      | with the Password in the other case | 1019 | Incorrect Password |
        | production | with a wrong password               | 1019 | Incorrect Password |

      @nic-1015
      Examples:
        | portal | how                 | code | words                       |
        | trial  | under another GSTIN | 1015 | Invalid GSTIN for this user |

      @nic-1014
      Examples:
        | portal     | how                              | code | words         |
        | trial      | as a taxpayer that is not enabled | 1014 | Inactive User |
        | production | as a taxpayer that is not enabled | 1014 | Inactive User |

    @API-auth-inactive @must @contract-auth @nic-1014
    Scenario Outline: The GST registration was <status> after the credentials were made
      Given Asha has API credentials of the trial portal
      And the GST registration of Dakshin is <status>
      When she logs in to the trial API
      Then the API refuses it with 1014 "Inactive User"

      Examples:
        | status      |
        | cancelled   |
        | suspended   |
        | inactive    |
        | provisional |

    @API-auth-other-portal @must @contract-listeners @nic-1017
    Scenario: A user of the trial portal is unknown in production
      Given Asha has API credentials of the trial portal
      When she logs in to the production API as a user of the trial portal
      Then the API refuses it with 1017 "Incorrect user id/User does not exists"

  Rule: The first check that fails answers

    @API-auth-order @must @contract-auth
    Scenario Outline: Nothing before "<mistake>" is wrong, and everything from there on
      When Mallory logs in to the trial API, and everything is wrong from "<mistake>" on
      Then the API refuses it with <code>

      Examples:
        | mistake                            | code |
        | without client_id                  | 1011 |
        | without client_secret              | 1012 |
        | without Gstin                      | 1004 |
        | with another client's secret       | 1010 |
        | without Data                       | 5003 |
        | under the key of the other portal  | 1013 |
        | with something that is not a login | 1007 |
        | with an AppKey of 31 bytes         | 1016 |
        | as an unknown user                 | 1017 |
        | through another company            | 1018 |
        | with a wrong password              | 1019 |
        | under another GSTIN                | 1015 |
        | as a taxpayer that is not enabled  | 1014 |
