package dev.saferun.auth.saml;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of a logout message. */
public sealed interface LogoutOutcome {

  /**
   * The identity provider ends sessions of a person: end them and answer.
   *
   * @param id to be answered; keep it until {@code rememberUntil}, so that a caught message does
   *     not end later sessions
   * @param sessionIndexes which sessions; none for all of them
   * @param relayState goes back with the answer as it is
   */
  record Asked(
      String id,
      NameId subject,
      List<String> sessionIndexes,
      @Nullable String relayState,
      Instant rememberUntil)
      implements LogoutOutcome {

    public Asked {
      sessionIndexes = List.copyOf(sessionIndexes);
    }
  }

  /**
   * The identity provider answers our request.
   *
   * @param complete false where it could not reach everybody that it had logged the person in to
   */
  record Answered(boolean complete, @Nullable String relayState) implements LogoutOutcome {}

  /** As {@link SamlOutcome.Refused}. */
  record Refused(SamlRefusal refusal, String detail, Map<String, String> values)
      implements LogoutOutcome {}
}
