package dev.saferun.auth.signin;

import dev.saferun.auth.keys.KeyHasher;
import dev.saferun.platform.Ids;
import dev.saferun.platform.SealedTexts;
import dev.saferun.platform.Transaction;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins that have begun and not ended, and messages that were taken once. */
@Singleton
public class Flows {

  /** How long somebody may take at the identity provider. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final int HANDLE_BYTES = 32;

  private static final String BEGIN =
      """
      insert into auth.flow (organization_id, hash, connection_id, state, return_to, trial, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7)
      """;

  private static final String TAKE =
      """
      delete from auth.flow where organization_id = $1 and hash = $2 and connection_id = $3
      returning state, return_to, trial, expires_at
      """;

  private static final String SWEEP =
      "delete from auth.flow where organization_id = $1 and expires_at < $2";

  private static final String SPEND =
      """
      insert into auth.spent (organization_id, connection_id, message, expires_at)
      values ($1, $2, $3, $4) on conflict do nothing
      """;

  private static final String FORGET_SPENT =
      "delete from auth.spent where organization_id = $1 and expires_at < $2";

  private final KeyHasher hasher;
  private final SealedTexts seals;
  private final InstantSource clock;

  Flows(KeyHasher hasher, SealedTexts seals, InstantSource clock) {
    this.hasher = hasher;
    this.seals = seals;
    this.clock = clock;
  }

  /**
   * A flow that was taken out.
   *
   * @param state what the answer must fit
   * @param trial whether it only tries the connection
   */
  public record Flow(Map<String, String> state, String returnTo, boolean trial) {

    /** Without what the answer must fit. */
    @Override
    public String toString() {
      return "Flow[]";
    }
  }

  /** A handle that a browser can keep; nothing of the flow can be told from it. */
  public static String newHandle() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Ids.secret(HANDLE_BYTES));
  }

  public void begin(Transaction transaction, UUID connectionId, String handle, Flow flow) {
    transaction.change(SWEEP, transaction.organizationId(), at(clock.instant()));
    byte[] sealed =
        transaction.await(
            seals.seal(transaction.organizationId(), place(connectionId), flow.state()));
    if (sealed == null) {
      throw new IllegalArgumentException("a flow has a state");
    }
    transaction.change(
        BEGIN,
        transaction.organizationId(),
        hash(handle),
        connectionId,
        Buffer.buffer(sealed),
        flow.returnTo(),
        flow.trial(),
        at(clock.instant().plus(LIFE)));
  }

  /** Takes a flow out, however it ends; empty where there is none that is young enough. */
  public Optional<Flow> take(Transaction transaction, UUID connectionId, String handle) {
    return transaction
        .row(TAKE, transaction.organizationId(), hash(handle), connectionId)
        .filter(row -> row.getOffsetDateTime("expires_at").toInstant().isAfter(clock.instant()))
        .map(
            row ->
                new Flow(
                    transaction.await(
                        seals.open(
                            transaction.organizationId(),
                            place(connectionId),
                            row.getBuffer("state").getBytes())),
                    row.getString("return_to"),
                    row.getBoolean("trial")));
  }

  /** Whether a message of a provider comes for the first time; it is remembered for that long. */
  public boolean spend(
      Transaction transaction, UUID connectionId, String message, Instant rememberUntil) {
    transaction.change(FORGET_SPENT, transaction.organizationId(), at(clock.instant()));
    return transaction.change(
            SPEND, transaction.organizationId(), connectionId, message, at(rememberUntil))
        > 0;
  }

  private Buffer hash(String handle) {
    return Buffer.buffer(hasher.hash("flow/" + handle).bytes());
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static String place(UUID connectionId) {
    return "auth.flow/" + connectionId;
  }
}
