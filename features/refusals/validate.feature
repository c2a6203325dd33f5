Feature: Refusals of Validate

  @REF-gstin-invalid @must @contract-section1 @nic-3030
  Scenario Outline: A GSTIN with <mistake>
    When Asha validates the details of Dakshin with "<gstin>" as GSTIN
    Then the portal refuses it as "gstin-invalid" with NIC code 3030 "Invalid Gstin"
    And the refused field is "gstin"

    Examples:
      | mistake                      | gstin            |
      | no characters                |                  |
      | 14 characters                | 29ABCCD1234E1Z   |
      | 16 characters                | 29ABCCD1234E1Z11 |
      | another check character      | 29ABCCD1234E1Z2  |
      | a letter in the state code   | 2XABCCD1234E1Z1  |
      | a digit in the PAN's letters | 291BCCD1234E1Z1  |
      | a letter in the PAN's digits | 29ABCCDX234E1Z1  |
      | the entity number 0          | 29ABCCD1234E0Z1  |
      | a character outside ASCII    | 29ABCCD1234E1Zé  |

  @REF-gstin-unknown @must @contract-section1 @nic-3001
  Scenario: A well-formed GSTIN that is not registered
    When Asha validates the details of Dakshin with "29ABZCX4321K1ZF" as GSTIN
    Then the portal refuses it as "gstin-unknown" with NIC code 3001 "Requested data is not available"
    And the refused field is "gstin"

  @REF-gstin-status @must @contract-section1 @contract-fixtures
  Scenario Outline: A GSTIN that is <status>
    When Asha validates the registered details of the taxpayer whose GSTIN is <status>
    Then the portal refuses it as "<code>"
    And the refused field is "gstin"

    Examples:
      | status      | code              |
      | cancelled   | gstin-cancelled   |
      | inactive    | gstin-inactive    |
      | provisional | gstin-provisional |
      | suspended   | gstin-suspended   |

  @REF-mobile-invalid @must @contract-section1 @nic-3006
  Scenario Outline: A Phone number with <mistake>
    When Asha validates the details of Dakshin with "<mobile>" as Phone number
    Then the portal refuses it as "mobile-invalid" with NIC code 3006 "Invalid Mobile Number"
    And the refused field is "mobile"

    Examples:
      | mistake           | mobile        |
      | no digits         |               |
      | 9 digits          | 987654321     |
      | 11 digits         | 98765432101   |
      | a 5 in front      | 5876543210    |
      | a letter          | 98765O3210    |
      | a foreign country | +1 9876543210 |

  @REF-email-invalid @must @contract-section1
  Scenario Outline: An Email address with <mistake>
    When Asha validates the details of Dakshin with "<email>" as Email address
    Then the portal refuses it as "email-invalid" without NIC code
    And the refused field is "email"

    Examples:
      | mistake       | email                     |
      | nothing in it |                           |
      | no @          | accounts.dakshin.example  |
      | no name       | @dakshin.example          |
      | no domain     | accounts@                 |
      | two @         | a@b@dakshin.example       |
      | a blank in it | acc ounts@dakshin.example |

  @REF-contact-mismatch @must @contract-section1
  Scenario Outline: The <field> of another taxpayer
    When Asha validates the details of Dakshin with "<value>" as <field>
    Then the portal refuses it as "contact-mismatch"
    And the refused field is "<mistake>"

    Examples:
      | field         | value                | mistake |
      | Phone number  | 9876529002           | mobile  |
      | Email address | books@deccan.example | email   |

  @REF-contact-mismatch-both @must @contract-section1 @nic-3006
  Scenario: Phone number and Email address of another taxpayer
    When Asha validates the details of Dakshin, but with:
      | Phone number  | 9876529002           |
      | Email address | books@deccan.example |
    Then the portal refuses it as "contact-mismatch" with NIC code 3006 "Invalid Mobile Number"
    And the refused fields are "mobile, email"

  @REF-mobile-blank @must @contract-section1 @contract-fixtures @nic-3012
  Scenario: A taxpayer whose record has no mobile
    When Asha validates the details of the taxpayer without mobile with "9876543210" as Phone number
    Then the portal refuses it as "mobile-blank" with NIC code 3012 "Mobile No. is blank for this GSTIN ..Pl use update from GST Common Portal option to get the mobile number, if updated in GST Common Portal."

  @REF-category-mismatch-gstin @must @contract-section1 @nic-3044
  Scenario Outline: A GSTIN under <category>
    When Asha validates the registered details of Dakshin under "<category>" by GSTIN
    Then the portal refuses it as "category-mismatch" with NIC code 3044 "This registration only for tax payers not GSP."

    Examples:
      | category |
      | GSP      |
      | ERP      |
      | ECO      |

  @REF-category-mismatch-pan @must @contract-section1 @nic-3044
  Scenario Outline: The PAN of a taxpayer without that role under <category>
    When Asha validates the registered details of Deccan under "<category>" by PAN
    Then the portal refuses it as "category-mismatch" with NIC code 3044 "This registration only for tax payers not GSP."

    Examples:
      | category |
      | GSP      |
      | ERP      |
      | ECO      |

  @REF-category-invalid @must @json @sim
  Scenario: A category that is not on the Registration Form
    When Asha validates the registered details of Dakshin under "BANK" by GSTIN
    Then the portal refuses it as "category-invalid" without NIC code
    And the refused field is "category"

  @REF-pan-invalid @must @sim
  Scenario Outline: A PAN with <mistake>
    When Girish validates the details of a new GSP with "<pan>" as PAN
    Then the portal refuses it as "pan-invalid" without NIC code
    And the refused field is "pan"

    Examples:
      | mistake       | pan         |
      | no characters |             |
      | 9 characters  | ABCCD1234   |
      | 11 characters | ABCCD1234EE |
      | a digit first | 1BCCD1234E  |

  @REF-pan-unknown @must @sim @nic-3001
  Scenario: A PAN that no firm holds
    When Girish validates the details of a new GSP with "ABZCX4321K" as PAN
    Then the portal refuses it as "pan-unknown" with NIC code 3001 "Requested data is not available"

  @REF-all-violations @must @contract-conventions
  Scenario: Every refused field is named, in the order of the form
    When Asha validates the details of Dakshin, but with:
      | GSTIN         | 29ABCCD1234E1Z2 |
      | Phone number  | 12345           |
      | Email address | accounts        |
    Then the portal refuses it as "gstin-invalid" with NIC code 3030 "Invalid Gstin"
    And the refused fields are "gstin, mobile, email"
