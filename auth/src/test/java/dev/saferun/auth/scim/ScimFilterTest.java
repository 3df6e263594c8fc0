package dev.saferun.auth.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.saferun.auth.scim.Filter.Both;
import dev.saferun.auth.scim.Filter.Comparison;
import dev.saferun.auth.scim.Filter.Either;
import dev.saferun.auth.scim.Filter.Not;
import dev.saferun.auth.scim.Filter.Operator;
import dev.saferun.auth.scim.Filter.ValuePath;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimFilterTest {

  private static Comparison eq(String path, Object value) {
    return new Comparison(AttributePath.of(path).orElseThrow(), Operator.EQ, value);
  }

  @Test
  void namesAndOperatorsAreTheSameInAnyCase() {
    assertThat(FilterParser.parse("userName eq \"ann\""))
        .isEqualTo(FilterParser.parse("  USERNAME   Eq \"ann\" "))
        .isEqualTo(
            FilterParser.parse("urn:ietf:params:scim:schemas:core:2.0:User:userName EQ \"ann\""))
        .isEqualTo(eq("username", "ann"));
  }

  @Test
  void andBindsCloserThanOrAndNotClosest() {
    assertThat(FilterParser.parse("a eq 1 or b eq 2 and not (c eq 3)"))
        .isEqualTo(new Either(eq("a", 1.0), new Both(eq("b", 2.0), new Not(eq("c", 3.0)))));
    assertThat(FilterParser.parse("(a eq 1 or b eq 2) and c eq 3"))
        .isEqualTo(new Both(new Either(eq("a", 1.0), eq("b", 2.0)), eq("c", 3.0)));
  }

  @Test
  void aValuePathMayHaveANameBehindIt() {
    ValuePath work = new ValuePath(AttributePath.of("emails").orElseThrow(), eq("type", "work"));
    assertThat(FilterParser.parse("emails[type eq \"work\"]")).isEqualTo(work);
    assertThat(FilterParser.parse("emails[type eq \"work\"].value eq \"a@b.example\""))
        .isEqualTo(new Both(work, eq("emails.value", "a@b.example")));
  }

  @Test
  void valuesAreThoseOfJson() {
    assertThat(FilterParser.parse("a eq true")).isEqualTo(eq("a", true));
    assertThat(FilterParser.parse("a eq False")).isEqualTo(eq("a", false));
    assertThat(FilterParser.parse("a eq -1.5")).isEqualTo(eq("a", -1.5));
    assertThat(FilterParser.parse("a eq null"))
        .isEqualTo(new Comparison(AttributePath.of("a").orElseThrow(), Operator.EQ, null));
    assertThat(FilterParser.parse("a eq \"q\\\"\\\\ \\u00e9 ) and (\""))
        .as("what is in quotes is nothing but a value")
        .isEqualTo(eq("a", "q\"\\ \u00e9 ) and ("));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title pr",
        "userName co \"a\"",
        "userName sw \"a\"",
        "userName ew \"a\"",
        "userName ne \"a\"",
        "meta.lastModified gt \"2011-05-13T04:42:34Z\"",
        "meta.lastModified ge \"2011-05-13T04:42:34Z\" and a lt 1 or b le 2",
        "userType ne \"Employee\" and not (emails co \"example.com\" or emails.value co \"x\")",
        "emails[type eq \"work\" and value co \"@example.com\"] or ims[type eq \"xmpp\"]",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq \"1\""
      })
  void theExamplesOfTheProtocolAreRead(String filter) {
    assertThat(FilterParser.parse(filter)).isNotNull();
  }

  static Stream<String> malformed() {
    return Stream.of(
        "userName",
        "userName eq",
        "userName is \"a\"",
        "eq \"a\"",
        "\"userName\" eq \"a\"",
        "userName eq \"a",
        "userName eq \"a\\\"",
        "userName eq \"a\\",
        "userName eq \"\\x\"",
        "userName eq \"\\ud800\"",
        "userName eq \"\\u0000\"",
        "userName eq \"a\u0000\"",
        "userName eq \"a\nb\"",
        "userName eq a",
        "userName eq 'a'",
        "userName eq \"a\" \"b\"",
        "userName eq \"a\" and",
        "userName eq \"a\" or or b eq 1",
        "and userName eq \"a\"",
        "(userName eq \"a\"",
        "userName eq \"a\")",
        "()",
        "not userName eq \"a\"",
        "emails[type eq \"work\"",
        "emails[]",
        "emails]",
        "emails[type eq \"work\")",
        "a.b.c eq 1",
        ".a eq 1",
        "a. eq 1",
        "1a eq 1",
        "a eq 1e400",
        "a eq 99999999999999999999",
        "a eq 0x10",
        "userName\teq\t\"a\"",
        "userName eq \"a\"; drop table tenancy.member",
        "userName eq \"a\" -- ",
        "' or 1=1 --",
        "${jndi:ldap://x} eq \"a\"",
        "(".repeat(11) + "a eq 1" + ")".repeat(11),
        "not (".repeat(11) + "a eq 1" + ")".repeat(11),
        "a[".repeat(11) + "a eq 1" + "]".repeat(11),
        "(".repeat(1_000),
        "[".repeat(1_000),
        "\"".repeat(999),
        "a eq 1 and ".repeat(90) + "a eq 1 and a eq 1 and a eq 1",
        "x".repeat(1_001));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsMalformedOrTooMuchIsRefusedInWords(String filter) {
    assertThat(Refusals.codeOf(() -> FilterParser.parse(filter))).isEqualTo("invalid-filter");
  }

  @Test
  void theDeepestAndTheLongestThatAreTakenAreTaken() {
    assertThat(FilterParser.parse("(".repeat(10) + "a eq 1" + ")".repeat(10)))
        .isEqualTo(eq("a", 1.0));
    String longest = "a eq \"" + "x".repeat(993) + "\"";
    assertThat(longest).hasSize(1_000);
    assertThat(FilterParser.parse(longest)).isEqualTo(eq("a", "x".repeat(993)));
  }

  /** No text whatever makes it fail otherwise than by refusing, nor last. */
  @Test
  void whateverComesIsReadOrRefused() {
    String[] parts = {
      "(", ")", "[", "]", "\"", "\\", " and ", " or ", "not ", "a", "emails", ".", "value", " eq ",
      " pr", "1", "true", "\"x\"", "\u0000", "\ud800", "\u00e9", ":", "urn:", "$ref", "-"
    };
    Random random = new Random(4_711);
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 50_000; i++) {
            StringBuilder filter = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
              filter.append(parts[random.nextInt(parts.length)]);
            }
            String code = Refusals.codeOf(() -> FilterParser.parse(filter.toString()));
            assertThat(code).as("%s", filter).isIn("taken", "invalid-filter");
            code = Refusals.codeOf(() -> FilterParser.parsePath(filter.toString()));
            assertThat(code).as("%s", filter).isIn("taken", "invalid-filter", "invalid-path");
          }
        });
  }

  @Test
  void pathsOfAPatch() {
    assertThat(FilterParser.parsePath("members[value eq \"2819c223\"]"))
        .isEqualTo(
            new PatchPath(AttributePath.of("members").orElseThrow(), eq("value", "2819c223")));
    assertThat(FilterParser.parsePath("emails[type eq \"work\"].value"))
        .isEqualTo(
            new PatchPath(AttributePath.of("emails.value").orElseThrow(), eq("type", "work")));
    assertThat(FilterParser.parsePath("name.familyName"))
        .isEqualTo(new PatchPath(new AttributePath("name", "familyname"), null));
    assertThat(
            FilterParser.parsePath(
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager")
                .path()
                .attribute())
        .startsWith("urn:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "members]",
        "a.b.c",
        "/userName",
        "a b",
        "\"a\"",
        "members[value eq \"x\"].a.b"
      })
  void pathsThatAreNone(String path) {
    assertThat(Refusals.codeOf(() -> FilterParser.parsePath(path))).isEqualTo("invalid-path");
  }

  @Test
  void aListIsLookedUpByEqAndAnd() {
    List<String> known = List.of("username", "active", "emails.value", "emails.type");
    Lookup lookup = Lookup.of("userName eq \"Ann\" and active eq \"True\"", known);
    assertThat(lookup.text("username")).isEqualTo("Ann");
    assertThat(lookup.truth("active")).isTrue();
    Lookup email = Lookup.of("emails[type eq \"work\" and value eq \"a@b.example\"]", known);
    assertThat(email.text("emails.value")).isEqualTo("a@b.example");
    assertThat(email.text("emails.type")).isEqualTo("work");
    assertThat(Lookup.of(null, known).text("username")).isNull();
    assertThat(Lookup.of("", known).text("username")).isNull();
    for (String refused :
        new String[] {
          "userName co \"a\"",
          "userName pr",
          "userName eq null",
          "not (userName eq \"a\")",
          "userName eq \"a\" or userName eq \"b\"",
          "userName eq \"a\" and userName eq \"b\"",
          "title eq \"a\"",
          "userName.x eq \"a\""
        }) {
      assertThatThrownBy(() -> Lookup.of(refused, known)).as(refused).hasMessageMatching(".{20,}");
      assertThat(Refusals.codeOf(() -> Lookup.of(refused, known))).isEqualTo("invalid-filter");
    }
    assertThat(Refusals.codeOf(() -> Lookup.of("userName eq true", known).text("username")))
        .isEqualTo("invalid-filter");
    assertThat(Refusals.codeOf(() -> Lookup.of("active eq \"yes\"", known).truth("active")))
        .isEqualTo("invalid-filter");
  }
}
