package dev.saferun.appliance.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The settings that {@code saferun.yml} may hold. A file with any other key is refused by name: a
 * misspelt setting that is silently ignored is worse than a start that fails.
 */
final class KnownSettings {

  /**
   * Each key with what it means; the reference page {@code docs/configuration.md} is made from
   * this.
   */
  static final Map<String, String> ALL = all();

  private KnownSettings() {}

  private static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("saferun.http.host", "address that the API listens on; default 127.0.0.1");
    all.put("saferun.http.port", "port of the API; default 8080");
    all.put("saferun.http.management-port", "port of health and metrics; default 8081");
    all.put(
        "saferun.database.url",
        "postgresql://host:port/name of an external PostgreSQL; absent: the embedded one");
    all.put("saferun.database.owner-user", "role that owns the schemas and runs migrations");
    all.put("saferun.database.owner-password", "its password");
    all.put(
        "saferun.database.application-password",
        "password of the role saferun_app, as which the application connects");
    all.put(
        "saferun.database.tls-authority-file",
        "certificates that the database's certificate is checked against");
    all.put("saferun.database.connect-timeout", "how long a connection may take; default 2s");
    all.put(
        "saferun.database.start-timeout",
        "how long a start waits for an unreachable database before it goes on with what was last in force on this disk; default 5s");
    all.put("saferun.database.pool-size", "connections of the application");
    secrets(all);
    audit(all);
    signIn(all);
    all.put("saferun.journal.directory", "where the journal lies; default DATA/journal");
    all.put("saferun.journal.segment-bytes", "size of one segment");
    all.put(
        "saferun.journal.total-bytes-max",
        "size of all segments; beyond it the environment's on_overflow applies");
    all.put("saferun.runs.runs-in-memory-max", "runs whose state is kept in memory");
    all.put(
        "saferun.runs.words-in-memory-max",
        "words of all runs' texts that the Intent Guard compares calls with, about 50 bytes each");
    all.put(
        "saferun.runs.windows-in-memory-max",
        "counters of the loop guard's windows; beyond it the empty ones leave, else all begin anew");
    all.put(
        "saferun.runs.decisions-in-memory-max",
        "decisions that an outcome or a label finds without the database");
    all.put(
        "saferun.runs.idempotency-keys-in-memory-max",
        "idempotency keys whose answers are kept in memory");
    all.put(
        "saferun.runs.past-run-timeout",
        "how long a check waits for a run's earlier state and texts; then they are partial");
    all.put("saferun.runs.sole-node", "false where several nodes record runs");
    all.put("saferun.runs.drain-records-max", "records in one transaction of the drain");
    all.put("saferun.runs.drain-bytes-max", "bytes in one read of the drain");
    all.put(
        "saferun.runs.drain-gather",
        "how long the drain lets records gather once it has caught up");
    all.put(
        "saferun.runs.busy-processor-load",
        "share of the machine's processors, 0 to 1, from which on the drain rests between batches");
    all.put(
        "saferun.evaluator.intent-deadline",
        "how long the Intent Guard may measure one call; beyond it the guard's setting unavailable decides; default 20ms");
    all.put(
        "saferun.evaluator.meaning-time",
        "how long one call may have texts run through the sentence model that were not run before; 0: there is no such model; default 5ms");
    all.put(
        "saferun.evaluator.second-opinion.url",
        "http or https address of a model of your own that is asked about calls; absent: nobody is asked");
    all.put(
        "saferun.evaluator.second-opinion.when",
        "after the answer, as a note of the run (the default), or before the decision, which then waits for it and counts it");
    all.put(
        "saferun.evaluator.second-opinion.timeout",
        "how long one opinion may take, 1m at most; default 2s");
    all.put(
        "saferun.evaluator.second-opinion.concurrency-max",
        "questions under way at once, 1 to 1000; beyond it a call has no opinion; default 16");
    all.put(
        "saferun.evaluator.second-opinion.token",
        "sent to it as Authorization: Bearer; absent: nothing is sent");
    all.put(
        "saferun.approvals.life",
        "how long a held call waits for a person, and an approved one to be claimed, 1s to 7d; default 1h");
    all.put(
        "saferun.backtests.workers",
        "threads that decide recorded calls again; 0 (the default) for one a processor");
    all.put(
        "saferun.backtests.cache-bytes-max",
        "bytes under DATA/backtest-cache for copies of recorded actions; default 8589934592");
    all.put(
        "saferun.proof.self-audit-at",
        "time of day in UTC at which stored decisions are verified; default 03:00");
    all.put(
        "saferun.proof.self-audit-sample",
        "decisions of each organization that are then verified, picked at random; default 1000, 0 for none");
    all.put("saferun.telemetry.otlp-endpoint", "OTLP/gRPC collector; absent: nothing is exported");
    all.put("saferun.telemetry.export-interval", "how often metrics are pushed; default 30s");
    return Map.copyOf(all);
  }

  private static void audit(Map<String, String> all) {
    all.put(
        "saferun.audit.append-every",
        "how often what committed is looked for, to give it its place in the audit log; default 1s");
    all.put("saferun.audit.checkpoint-every", "how often a log that grew is signed; default 5s");
    all.put(
        "saferun.audit.allowed-addresses",
        "a list of ranges (CIDR) of private addresses that destinations of events may have; default none");
    all.put(
        "saferun.audit.files-directory",
        "below which destinations of type file write; absent: there are none");
  }

  private static void signIn(Map<String, String> all) {
    all.put(
        "saferun.auth.public-url",
        "the address at which browsers reach the appliance, such as https://saferun.example.com; identity providers send them back there; default http://127.0.0.1:8080");
    all.put(
        "saferun.auth.session-idle", "after how long without a request a session ends; default 1h");
    all.put("saferun.auth.session-life", "after how long a session ends in any case; default 12h");
    all.put(
        "saferun.auth.allowed-addresses",
        "a list of ranges (CIDR) of private addresses that identity providers may have; default none");
    all.put(
        "saferun.auth.trusted-proxies",
        "a list of ranges (CIDR) of proxies whose X-Forwarded-For says where a request came from; default none");
  }

  private static void secrets(Map<String, String> all) {
    all.put(
        "saferun.secrets.keeper",
        "who keeps credentials and the key-encryption key: keyring (in DATA, the default), vault, or environment (variables, for development)");
    all.put(
        "saferun.secrets.data-key-cache",
        "how long a data key may be in memory in the clear, 1s to 15m; the keeper may be away for that long; default 15m");
    all.put(
        "saferun.secrets.vault.address",
        "https://host:port of a Vault or OpenBao; http:// to this machine only");
    all.put(
        "saferun.secrets.vault.namespace",
        "namespace that everything lies in; absent: the root namespace");
    all.put(
        "saferun.secrets.vault.authority-file",
        "certificates that the server's certificate is checked against; absent: the Java runtime's");
    all.put(
        "saferun.secrets.vault.token-file",
        "file with a token, mode 0600; read again when the token is gone");
    all.put("saferun.secrets.vault.role-id", "role id of an AppRole, instead of a token");
    all.put(
        "saferun.secrets.vault.secret-id-file",
        "file with the AppRole's secret id, mode 0600; read at each login");
    all.put(
        "saferun.secrets.vault.app-role-path",
        "where the AppRole method is mounted; default approle");
    all.put(
        "saferun.secrets.vault.credentials-path",
        "where the KV engine, version 2, is mounted; default secret");
    all.put(
        "saferun.secrets.vault.credentials-prefix",
        "path below it under which the credentials lie; default saferun");
    all.put(
        "saferun.secrets.vault.transit-path",
        "where the transit engine is mounted; default transit");
    all.put(
        "saferun.secrets.vault.transit-key",
        "name of the transit key that wraps data keys; default saferun");
    all.put("saferun.secrets.vault.connect-timeout", "how long a connection may take; default 2s");
    all.put("saferun.secrets.vault.timeout", "how long an answer may take; default 5s");
    all.put(
        "saferun.secrets.vault.attempts-max",
        "how often a call is tried on a server that does not answer, 1 to 10; default 3");
  }

  /** Reads the file and refuses keys that are not known. */
  static Map<String, Object> read(Path file) throws IOException {
    Map<String, Object> flat = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      flatten("", tree, flat);
    }
    Set<String> unknown = new TreeSet<>(flat.keySet());
    unknown.removeAll(ALL.keySet());
    if (!unknown.isEmpty()) {
      throw new RefusedToStart(
          file
              + " holds unknown settings: "
              + String.join(", ", unknown)
              + "; docs/configuration.md lists those there are");
    }
    return flat;
  }

  private static void flatten(String prefix, Object tree, Map<String, Object> flat) {
    if (tree instanceof Map<?, ?> branch) {
      branch.forEach(
          (key, value) ->
              flatten(prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key, value, flat));
    } else if (tree != null) {
      flat.put(prefix, tree);
    }
  }
}
