package dev.saferun.auth.saml;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A message that must not get in.
 *
 * @param attack its class, as it is counted
 * @param expected the checks that keep it out, one of which must have answered
 * @param base64 what a second opinion may read as well; empty for a logout message, and for what
 *     another connection or expectation is read with
 */
record Forgery(
    String attack,
    String name,
    Set<SamlCheck> expected,
    String base64,
    Function<Checks, Verdict> attempt) {

  /** Whether it got in, else the sentence with which it was refused. */
  record Verdict(boolean isIn, String detail) {

    static Verdict of(SamlOutcome outcome) {
      return switch (outcome) {
        case SamlOutcome.Accepted accepted -> new Verdict(true, accepted.toString());
        case SamlOutcome.Refused refused -> new Verdict(false, refused.detail());
      };
    }

    static Verdict of(LogoutOutcome outcome) {
      return switch (outcome) {
        case LogoutOutcome.Asked asked -> new Verdict(true, asked.toString());
        case LogoutOutcome.Answered answered -> new Verdict(true, answered.toString());
        case LogoutOutcome.Refused refused -> new Verdict(false, refused.detail());
      };
    }
  }

  static Forgery response(String attack, String name, String base64, SamlCheck... expected) {
    return response(attack, name, Connections.standard(), Connections.EXPECTED, base64, expected);
  }

  static Forgery response(
      String attack,
      String name,
      SamlConnection connection,
      Expectation expectation,
      String base64,
      SamlCheck... expected) {
    boolean isStandard =
        connection.equals(Connections.standard()) && expectation.equals(Connections.EXPECTED);
    return new Forgery(
        attack,
        name,
        EnumSet.copyOf(List.of(expected)),
        isStandard ? base64 : "",
        checks -> Verdict.of(new SamlResponses(checks).read(connection, base64, expectation)));
  }

  static Forgery logout(
      String attack,
      String name,
      ReceivedMessage message,
      Expectation expectation,
      SamlCheck... expected) {
    return new Forgery(
        attack,
        name,
        EnumSet.copyOf(List.of(expected)),
        "",
        checks ->
            Verdict.of(
                new LogoutMessages(checks).read(Connections.standard(), message, expectation)));
  }

  @Override
  public String toString() {
    return attack + ": " + name;
  }
}
