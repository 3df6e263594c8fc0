package dev.saferun.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tells of a person, class by class: forms that are found, and look-alikes that are not. */
class PersonalDataTest {

  private static List<String> found(String text) {
    return TextScanner.find(text).stream()
        .map(finding -> finding.dataClass() + " " + text.substring(finding.start(), finding.end()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pay to DE89370400440532013000 now        | iban DE89370400440532013000
          IBAN: DE89 3704 0044 0532 0130 00.       | iban DE89 3704 0044 0532 0130 00
          gb29 nwbk 6016 1331 9268 19, thanks      | iban gb29 nwbk 6016 1331 9268 19
          NO9386011117947                          | iban NO9386011117947
          MT84MALT011000012345MTLCAST001S          | iban MT84MALT011000012345MTLCAST001S
          FR14-2004-1010-0505-0001-3M02-606        | iban FR14-2004-1010-0505-0001-3M02-606
          ssn 536-90-4399                          | us_ssn 536-90-4399
          it is 536-90-4399                        | us_ssn 536-90-4399
          social security number 536 90 4399       | us_ssn 536 90 4399
          SSN: 536904399                           | us_ssn 536904399
          NHS number 943 476 5919                  | national_id 943 476 5919
          nhs: 9434765919                          | national_id 9434765919
          NINO AB 12 34 56 C                       | national_id AB 12 34 56 C
          AB123456C                                | national_id AB123456C
          DNI 12345678Z                            | national_id 12345678Z
          12345678-Z                               | national_id 12345678-Z
          NIE X1234567L                            | national_id X1234567L
          X-1234567-L                              | national_id X-1234567-L
          RSSMRA85T10A562S                         | national_id RSSMRA85T10A562S
          rssmra85t10a562s                         | national_id rssmra85t10a562s
          2 55 08 14 168 025 38                    | national_id 2 55 08 14 168 025 38
          255081416802538                          | national_id 255081416802538
          Steuer-ID 86095742719                    | national_id 86095742719
          steuerIdNr: 86 095 742 719               | national_id 86 095 742 719
          BSN 111222333                            | national_id 111222333
          44051401359                              | national_id 44051401359
          CPF 529.982.247-25                       | national_id 529.982.247-25
          cpf=52998224725                          | national_id 52998224725
          Aadhaar 2341 2341 2346                   | national_id 2341 2341 2346
          811228-9874                              | national_id 811228-9874
          19811228-9874                            | national_id 19811228-9874
          131052-308T                              | national_id 131052-308T
          912-70-1234                              | national_id 912-70-1234
          SIN 130 692 544                          | national_id 130 692 544
          130-692-544                              | national_id 130-692-544
          write to jane.doe+x@mail.example.co.uk!  | email jane.doe+x@mail.example.co.uk
          mailto:Jane_Doe@Example.org?subject=a    | email Jane_Doe@Example.org
          <müller@example.de>                      | email müller@example.de
          from=a@b.eu;                             | email a@b.eu
          +49 30 901820                            | phone +49 30 901820
          +44 20 7946 0958                         | phone +44 20 7946 0958
          +1 (415) 555-2671                        | phone +1 (415) 555-2671
          tel:+14155552671                         | phone +14155552671
          0044 20 7946 0958                        | phone 0044 20 7946 0958
          (415) 555-2671                           | phone (415) 555-2671
          415.555.2671                             | phone 415.555.2671
          1-800-275-2273                           | phone 1-800-275-2273
          020 7946 0958                            | phone 020 7946 0958
          06 12 34 56 78                           | phone 06 12 34 56 78
          06.12.34.56.78                           | phone 06.12.34.56.78
          030 / 901820                             | phone 030 / 901820
          0412 345 678                             | phone 0412 345 678
          mobile 5551234                           | phone 5551234
          call me at 699 956 915                   | phone 699 956 915
          202-456-1111 ext. 42                     | phone 202-456-1111 ext. 42
          from 203.0.113.9:8080                    | ip 203.0.113.9
          [2001:db8:85a3::8a2e:370:7334]           | ip 2001:db8:85a3::8a2e:370:7334
          2001:0db8:0000:0000:0000:ff00:0042:8329  | ip 2001:0db8:0000:0000:0000:ff00:0042:8329
          fe80::1ff:fe23:4567:890a                 | ip fe80::1ff:fe23:4567:890a
          dob: 1990-05-17                          | date_of_birth 1990-05-17
          "date_of_birth":"17/05/1990"             | date_of_birth 17/05/1990
          "dateOfBirth": "19900517"                | date_of_birth 19900517
          He was born on May 17, 1990 in Bern      | date_of_birth May 17, 1990
          born 17th of May 1990                    | date_of_birth 17th of May 1990
          Geburtsdatum: 17.05.1990                 | date_of_birth 17.05.1990
          """)
  void finds(String text, String finding) {
    assertThat(found(text)).containsExactly(finding);
    assertThat(found("é " + text + " (x)")).containsExactly(finding);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DE89370400440532013001", // the remainder
        "DE8937040044053201300", // too short
        "XX89370400440532013000", // no country
        "DE893704004405320130001", // goes on
        "000-12-3456",
        "666-12-3456",
        "536-00-4399",
        "536-90-0000",
        "1536-90-4399",
        "536-90-4399-1",
        "number 536904399",
        "number 536 90 4399",
        "NHS number 943 476 5918",
        "the number 9434765919",
        "BG123456C",
        "AB123456E",
        "XAB123456C",
        "12345678A",
        "X1234567A",
        "RSSMRA85T10A562T",
        "255081416802539",
        "the order 86095742719",
        "BSN 111222334",
        "44051401358",
        "529.982.247-26",
        "111.111.111-11",
        "2341 2341 2346 units",
        "811228-9875",
        "131052-308A",
        "912-89-1234",
        "order 130 692 544",
        "icon@2x.png",
        "git@github.com:team/repo",
        "user@localhost",
        "lodash@4.17.21",
        "@someone",
        "a @ b.com",
        "2026-11-23 03:08:58",
        "2026-11-23T03:08:58.123Z",
        "11/23/2026 12:30",
        "4500.00 EUR on 2026-11-23",
        "1,234,567.89",
        "order 415-555-26711",
        "ISBN 978-3-16-148410-0",
        "range: 80.0 - 150.0",
        "v1.2.3.4",
        "version 10.0.19041.1",
        "Version: 1.2.3.4",
        "1.2.3.4.5",
        "256.1.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "255.255.255.0",
        "::1",
        "std::vector",
        "a::b",
        "12:34:56",
        "de:ad:be:ef:00:01",
        "on 1990-05-17",
        "born in 1990",
        "born on a Monday in May",
        "8f3a1c2e-7d41-4c5e-9b1a-2f6e8d3c4b5a",
        "LH 1171, seat 14C, 3 nights",
        "1732300000",
        "12 345 678",
      })
  void leaves(String text) {
    assertThat(found(text)).isEmpty();
  }

  @Test
  void findsTwoSideBySide() {
    assertThat(found("a@b.eu,c@d.eu 536-90-4399;203.0.113.9 +49 30 901820"))
        .containsExactly(
            "email a@b.eu",
            "email c@d.eu",
            "us_ssn 536-90-4399",
            "ip 203.0.113.9",
            "phone +49 30 901820");
  }

  @Test
  void takesTheNameOfAMemberForAWord() {
    assertThat(TextScanner.find("536904399", "ssn", CustomPatterns.NONE))
        .containsExactly(new TextScanner.Finding("us_ssn", 0, 9));
    assertThat(TextScanner.find("536904399", "customerSsn", CustomPatterns.NONE)).hasSize(1);
    assertThat(TextScanner.find("17/05/1990", "birthDate", CustomPatterns.NONE))
        .containsExactly(new TextScanner.Finding("date_of_birth", 0, 10));
    assertThat(TextScanner.find("5551234", "phone_number", CustomPatterns.NONE))
        .containsExactly(new TextScanner.Finding("phone", 0, 7));
    assertThat(TextScanner.find("536904399", "order", CustomPatterns.NONE)).isEmpty();
    assertThat(TextScanner.find("a 203.0.113.9", "phone", CustomPatterns.NONE))
        .containsExactly(new TextScanner.Finding("ip", 2, 13));
  }

  @Test
  void findsNumbersThatTwoCheckDigitsOrTheirNameTell() {
    assertThat(TextScanner.findInNumber("4111111111111111")).isEqualTo("card_number");
    assertThat(TextScanner.findInNumber("255081416802538")).isEqualTo("national_id");
    assertThat(TextScanner.findInNumber("255081416802539")).isNull();
    assertThat(TextScanner.findInNumber("536904399")).isNull();
    assertThat(TextScanner.findInNumber("536904399", "ssn")).isEqualTo("us_ssn");
    assertThat(TextScanner.findInNumber("5551234", "mobile")).isEqualTo("phone");
    assertThat(TextScanner.findInNumber("19900517", "dob")).isEqualTo("date_of_birth");
    assertThat(TextScanner.findInNumber("536904399", "amount")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          card_number | 4111 1111-11111111       | 4111111111111111
          us_ssn      | 536 90 4399              | 536904399
          iban        | de89 3704 0044 0532 0130 00 | DE89370400440532013000
          national_id | 2 55 08 14 168 025 38    | 255081416802538
          national_id | rssmra85t10a562s         | RSSMRA85T10A562S
          email       | Jane.Doe@Example.COM     | jane.doe@example.com
          email       | Jane.Doe%40Example.COM   | jane.doe@example.com
          phone       | +44 (0)20 7946 0958      | +442079460958
          phone       | (415) 555-2671           | +14155552671
          phone       | 5551234                  | 5551234
          ip          | 2001:DB8::1              | 2001:db8::1
          secret      | aB 1                     | aB 1
          email       | amFuZUBleGFtcGxlLmNvbQ== | amFuZUBleGFtcGxlLmNvbQ==
          own_class   | aB 1                     | aB 1
          """)
  void hasOneFormForEachValue(String dataClass, String text, String form) {
    assertThat(NormalForm.of(dataClass, text)).isEqualTo(form);
  }
}
