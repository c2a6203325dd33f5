Feature: Section 1 for GSPs, ERPs and e-commerce operators
  These providers register by PAN at the same form. They get no API user but
  a client id and a client secret.

  @S1-31 @must @guide-1.2 @behaviour-04 @contract-section1
  Scenario Outline: A new <category> gets its client credentials
    Given Girish has verified the OTP for the registration of a new <category>
    When he asks for client credentials
    Then he is given a client id of type "<category>" made from his PAN
    And an SMS with the client secret reaches his registered mobile
    But the portal has shown no client secret

    Examples:
      | category |
      | GSP      |
      | ERP      |
      | ECO      |

  @S1-32 @must @behaviour-04 @contract-section1
  Scenario: A new GSP signs in with its client id and client secret
    Given Girish has got client credentials for a new GSP
    When he signs in to the trial portal with his client credentials
    Then he is signed in for his PAN

  @S1-33 @must @behaviour-04 @contract-section1
  Scenario: The client secret is not shown when the registration is looked at again
    Given Girish has got client credentials for a new GSP
    When he looks at his registration again
    Then the portal has shown no client secret

  @S1-34 @must @behaviour-04 @contract-section1 @sim
  Scenario: A client secret has 20 letters and digits
    When Girish has got client credentials for a new GSP
    Then his client secret has 20 letters and digits
