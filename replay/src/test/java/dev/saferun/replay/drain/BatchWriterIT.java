package dev.saferun.replay.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.saferun.evaluator.Fingerprint;
import dev.saferun.evaluator.Fingerprints;
import dev.saferun.evaluator.Observation;
import dev.saferun.evaluator.RecentCalls;
import dev.saferun.evaluator.RunState;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.Database;
import dev.saferun.platform.Databases;
import dev.saferun.platform.RunningDatabase;
import dev.saferun.platform.SchemaMigrations;
import dev.saferun.replay.capture.PastRuns;
import dev.saferun.replay.capture.RunKey;
import dev.saferun.replay.journal.Idempotency;
import dev.saferun.replay.journal.JournalEntry;
import dev.saferun.replay.journal.RecordHeader;
import dev.saferun.replay.journal.RecordKind;
import dev.saferun.replay.store.RunReads;
import dev.saferun.replay.store.RunReads.Facets;
import dev.saferun.replay.store.RunReads.Place;
import dev.saferun.replay.store.RunReads.RunLine;
import dev.saferun.replay.store.StoreOf;
import dev.saferun.replay.store.Tenant;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BatchWriterIT {

  private static final long MICROS = 1_700_000_000_000_000L;

  private static final RunningDatabase RUNNING =
      Databases.startTemporary(
          List.of(
              new SchemaMigrations("audit", 1),
              new SchemaMigrations("tenancy", 2),
              new SchemaMigrations("replay", 4)),
          List.of());
  private static final Database DATABASE = RUNNING.database();

  private final Tenant tenant = Tenant.made(DATABASE);
  private final UUID organization = tenant.organization();
  private final UUID project = tenant.project();
  private final UUID environment = tenant.environment();
  private final BatchWriter writer = new BatchWriter(StoreOf.frames(DATABASE));
  private final RunReads reads = StoreOf.reads(DATABASE);
  private long position;

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @Test
  void drainingABatchTwiceChangesNothing() throws Exception {
    List<JournalEntry> batch = List.of(action("r", 1), action("r", 2));
    writer.write(organization, batch);
    writer.write(organization, batch);
    RunLine run = runs().getFirst();
    assertThat(run.frames()).isEqualTo(2);
    assertThat(run.decisions()).isEqualTo(2);
    assertThat(run.tools()).containsExactly("pay");
    assertThat(count("frame", organization)).isEqualTo(2);
    assertThat(count("quarantine", organization)).isZero();
  }

  @Test
  void theEvidenceComesBackAsItWas() throws Exception {
    JournalEntry entry = action("r\u00e9", 1, Map.of("note", "a\0b", "big", 1e300));
    writer.write(organization, List.of(entry));
    RunReads.StoredEvidence stored =
        join(reads.frame(organization, environment, "r\u00e9", 1)).orElseThrow();
    assertThat(stored.evidence()).isEqualTo(entry.body());
    assertThat(stored.sha256()).isEqualTo(entry.bodySha256());
  }

  @Test
  void aRefusedRowGoesToQuarantineAndTheOthersAreKept() throws Exception {
    List<JournalEntry> batch = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      batch.add(action("r", i));
    }
    batch.add(7, action("r", 3));
    writer.write(organization, batch);
    assertThat(count("frame", organization)).isEqualTo(20);
    assertThat(count("quarantine", organization)).isEqualTo(1);
    assertThat(writer.quarantined()).isEqualTo(1);
  }

  @Test
  void aBodyThatIsNoJsonGoesToQuarantine() throws Exception {
    JournalEntry good = action("r", 1);
    JournalEntry bad =
        new JournalEntry(9, action("r", 2).header(), new byte[] {1, 2}, new byte[32], null);
    writer.write(organization, List.of(good, bad));
    assertThat(count("frame", organization)).isEqualTo(1);
    assertThat(count("quarantine", organization)).isEqualTo(1);
  }

  @Test
  void aKeyIsUniqueForADayAndThenFree() throws Exception {
    byte[] key = new byte[32];
    writer.write(organization, List.of(keyed("a", key, 0)));
    writer.write(organization, List.of(keyed("b", key, 3_600)));
    assertThat(count("quarantine", organization)).isEqualTo(1);
    writer.write(organization, List.of(keyed("c", key, 25 * 3_600)));
    assertThat(count("frame", organization)).isEqualTo(2);
  }

  @Test
  void aQueryWithoutAWhereClauseSeesOneOrganization() throws Exception {
    UUID other = Tenant.made(DATABASE).organization();
    writer.write(organization, List.of(action("r", 1)));
    for (String table : List.of("frame", "run", "label", "quarantine", "sealed", "reveal_grant")) {
      assertThat(count(table, other)).isZero();
    }
    assertThat(count("frame", organization)).as("its own are there").isEqualTo(1);
    writer.write(other, List.of(action("r", 9)));
    assertThat(count("quarantine", other)).as("a frame in a foreign environment").isEqualTo(1);
    assertThat(count("frame", other)).isZero();
  }

  @Test
  void theTailOfARunIsReadFromItsLastAction() throws Exception {
    writer.write(organization, List.of(action("r", 1), action("r", 2)));
    PastRuns.Tail tail =
        join(StoreOf.past(DATABASE).tail(new RunKey(organization, project, environment, "r")))
            .orElseThrow();
    assertThat(tail.lastFrame()).isEqualTo(2);
    assertThat(tail.state().calls()).isEqualTo(2);
    assertThat(tail.state().whole()).isTrue();
  }

  @Test
  void outcomesAfterTheLastActionAreInTheTail() throws Exception {
    writer.write(
        organization,
        List.of(action("r", 1), action("r", 2), outcome("r", 3, 2, "b"), outcome("r", 4, 1, "a")));
    PastRuns.Tail tail =
        join(StoreOf.past(DATABASE).tail(new RunKey(organization, project, environment, "r")))
            .orElseThrow();
    assertThat(tail.lastFrame()).isEqualTo(4);
    assertThat(tail.state())
        .isEqualTo(
            stateAfter(2)
                .observed(2, Observation.of("b", null))
                .observed(1, Observation.of("a", null)));
    assertThat(tail.state().recent().isReported(0)).isTrue();
  }

  @Test
  void pagesOfTheListAreStableAndWhole() throws Exception {
    List<JournalEntry> batch = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      batch.add(action("r" + i, 1));
    }
    writer.write(organization, batch);
    List<String> seen = new ArrayList<>();
    Optional<Place> after = Optional.empty();
    for (int page = 0; page < 6; page++) {
      List<RunLine> runs = join(reads.runs(organization, everything(), after, 7));
      runs.forEach(run -> seen.add(run.runId()));
      if (runs.isEmpty()) {
        break;
      }
      RunLine last = runs.getLast();
      after = Optional.of(new Place(last.lastAt(), last.environmentId(), last.runId()));
    }
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
  }

  private List<RunLine> runs() {
    return join(reads.runs(organization, everything(), Optional.empty(), 10));
  }

  private static Facets everything() {
    return new Facets(null, null, null, null, null, null, null, null, null);
  }

  private JournalEntry action(String run, long frame) {
    return action(run, frame, Map.of());
  }

  private JournalEntry action(String run, long frame, Map<String, Object> arguments) {
    return entry(run, frame, arguments, null, 0);
  }

  private JournalEntry keyed(String run, byte[] key, long secondsLater) {
    return entry(run, 1, Map.of(), new Idempotency(key, new byte[32]), secondsLater);
  }

  private JournalEntry entry(
      String run,
      long frame,
      Map<String, Object> arguments,
      @Nullable Idempotency idempotency,
      long secondsLater) {
    UUID id = UUID.randomUUID();
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("kind", "action");
    evidence.put("run_id", run);
    evidence.put("frame", frame);
    evidence.put("decision_id", id.toString());
    evidence.put("agent", Map.of("name", "agent"));
    evidence.put("action", Map.of("tool", "pay", "arguments", arguments));
    RunState before = stateAfter(frame - 1);
    Map<String, @Nullable Object> state = before.toJson();
    state.put("after", before.changeTo(stateAfter(frame)));
    evidence.put("run", state);
    evidence.put("fingerprint", Fingerprints.text(frame));
    evidence.put("decision", Map.of("verdict", "allow", "effect", "proceed"));
    return entry(RecordKind.DECISION, id, evidence, frame + secondsLater * 1_000_000, idempotency);
  }

  private JournalEntry entry(
      RecordKind kind,
      UUID id,
      Map<String, Object> evidence,
      long microsLater,
      @Nullable Idempotency idempotency) {
    byte[] body = CanonicalJson.write(evidence);
    RecordHeader header =
        new RecordHeader(
            kind, organization, project, environment, id, MICROS + microsLater, idempotency);
    return new JournalEntry(++position, header, body, sha256(body), null);
  }

  private JournalEntry outcome(String run, long frame, long actionFrame, Object result) {
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("kind", "outcome");
    evidence.put("run_id", run);
    evidence.put("frame", frame);
    evidence.put("action_frame", actionFrame);
    evidence.put("observed", Observation.of(result, null).text());
    return entry(RecordKind.OUTCOME, UUID.randomUUID(), evidence, frame, null);
  }

  /** The state after so many different calls. */
  private static RunState stateAfter(long calls) {
    RunState state = RunState.NEW;
    for (long call = 1; call <= calls; call++) {
      RecentCalls recent =
          state.recent().with(new Fingerprint(call, 1, 2), state.frame(), false, false);
      state = state.after("pay", recent, new RunState.Change(Map.of(), Map.of(), Map.of(), 0));
    }
    return state;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (java.security.NoSuchAlgorithmException fault) {
      throw new IllegalStateException(fault);
    }
  }

  private static long count(String table, UUID organization) {
    return join(
        DATABASE.inConnection(
            organization,
            connection ->
                connection
                    .query("select count(*) from replay." + table)
                    .execute()
                    .map(rows -> rows.iterator().next().getLong(0))
                    .toCompletionStage()));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
