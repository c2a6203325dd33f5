Feature: The check character of a GSTIN is checked
  Source: the published rule for the fifteenth character; NIC's error list for the words.

  @B09-01 @must @behaviour-09 @nic-3030
  Scenario: A wrong check character is refused
    When Asha validates the details of Dakshin with "29ABCCD1234E1Z2" as GSTIN
    Then the portal refuses it as "gstin-invalid" with NIC code 3030 "Invalid Gstin"

  @B09-02 @must @behaviour-09
  Scenario: A sum that leaves no remainder has the check character 0
    Given a taxpayer with the GSTIN "29ABECR0058M1Z0" is on record
    When Asha validates the registered details of "29ABECR0058M1Z0"
    Then "Send OTP" has become usable

  @B09-03 @must @behaviour-09 @behaviour-25 @contract-conventions
  Scenario: A GSTIN in lower case is the same GSTIN
    When Asha validates the details of Dakshin with "29abccd1234e1z1" as GSTIN
    Then her GSTIN "29ABCCD1234E1Z1" is shown

  @B09-04 @must @behaviour-09 @behaviour-25 @contract-conventions
  Scenario: A GSTIN with blanks around it is the same GSTIN
    When Asha validates the details of Dakshin with "  29aBCCD1234E1Z1 " as GSTIN
    Then her GSTIN "29ABCCD1234E1Z1" is shown
