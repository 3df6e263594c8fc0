package dev.saferun.evaluator;

import dev.saferun.evaluator.engine.Engine;
import dev.saferun.evaluator.engine.RuleCompiler;
import dev.saferun.platform.CanonicalJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The immutable set of rules and limits in force in one environment, compiled, and named by the
 * hash of its content.
 *
 * <p>{@link #decide} is pure: no I/O, no clock, no randomness. The same check, run state and
 * snapshot give the same decision on any node, and the live check, a backtest and a proof call the
 * same method. Taken once and carried to the record, a reference to it can never mix two versions.
 */
public final class PolicySnapshot {

  private final PolicyContent content;
  private final String id;
  private final byte[] bytes;
  private final Engine engine;

  private PolicySnapshot(PolicyContent content, byte[] bytes, String id, Engine engine) {
    this.content = content;
    this.bytes = bytes;
    this.id = id;
    this.engine = engine;
  }

  public static PolicySnapshot of(PolicyContent content) {
    return of(content, null);
  }

  /**
   * Compiles the content; a rule whose condition and tools stand unchanged in {@code previous} is
   * taken from there.
   *
   * @throws IllegalArgumentException where a rule has faults; {@link #faults} would have named them
   *     when it was written
   */
  public static PolicySnapshot of(PolicyContent content, @Nullable PolicySnapshot previous) {
    byte[] bytes = CanonicalJson.write(content.toJson());
    String id = "sha256:" + HexFormat.of().formatHex(sha256(bytes));
    return new PolicySnapshot(
        content, bytes, id, Engine.of(id, content, previous == null ? null : previous.engine));
  }

  /** Why this rule could not be part of any snapshot; empty where it could. */
  public static List<RuleFault> faults(RuleVersion rule) {
    return RuleCompiler.faults(rule);
  }

  public String id() {
    return id;
  }

  public PolicyContent content() {
    return content;
  }

  /** The canonical bytes whose hash is the id; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  public Decision decide(Check check, RunState before) {
    return engine.decide(check, before);
  }

  /** The run's state once this call was checked, for the next one. */
  public RunState after(Check check, RunState before, Decision decision) {
    return engine.after(check, before, decision);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException fault) {
      throw new IllegalStateException("every Java has SHA-256", fault);
    }
  }
}
