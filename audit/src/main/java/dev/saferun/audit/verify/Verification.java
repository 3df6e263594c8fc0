package dev.saferun.audit.verify;

import dev.saferun.audit.log.LogEntry;
import dev.saferun.audit.merkle.Frontier;
import dev.saferun.audit.merkle.TreeHash;
import dev.saferun.audit.note.Checkpoint;
import dev.saferun.audit.note.VerifierKey;
import dev.saferun.platform.CanonicalJson;
import dev.saferun.platform.OwnDocument;
import dev.saferun.platform.ProblemException;
import dev.saferun.platform.StrictJson;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an exported log line by line and holds each against all that must be true of it; throws
 * {@link Broken} at the first that is not.
 */
public final class Verification {

  private static final int DEPTH_MAX = StrictJson.DEPTH_MAX + 8;

  private final @Nullable VerifierKey pinned;
  private final List<String> olderNotes;
  private final Frontier frontier = new Frontier();
  private final Times times = new Times();
  private final Deque<Checkpoint> older = new ArrayDeque<>();

  private @Nullable VerifierKey key;
  private String organizationId = "";
  private @Nullable Checkpoint last;
  private boolean isEnded;
  private long checkpoints;
  private long withheld;

  /**
   * @param pinned the key that must have signed; null to believe the export's own
   * @param olderNotes checkpoints of this log from elsewhere, with which it must agree
   */
  public Verification(@Nullable VerifierKey pinned, List<String> olderNotes) {
    this.pinned = pinned;
    this.olderNotes = List.copyOf(olderNotes);
  }

  /** Takes the next line, without its line feed. */
  public void line(byte[] line) {
    Map<String, @Nullable Object> tree = parsed(line);
    OwnDocument document = new OwnDocument(tree);
    try {
      String type = document.text(LogLines.TYPE);
      if (key == null != type.equals(LogLines.HEADER) || isEnded) {
        throw new Broken("a line of type " + type + " cannot stand here");
      }
      switch (type) {
        case LogLines.HEADER -> header(document);
        case LogLines.ENTRY -> entry(document);
        case LogLines.CHECKPOINT -> checkpoint(document);
        case LogLines.END -> end(document);
        default -> throw new Broken("there is no type " + type + " of lines");
      }
    } catch (IllegalArgumentException | DateTimeParseException otherwise) {
      throw new Broken(String.valueOf(otherwise.getMessage()));
    }
  }

  /** What was written in canonical form has no second spelling, so no byte of it can be another. */
  private static Map<String, @Nullable Object> parsed(byte[] line) {
    try {
      Object tree = StrictJson.parse(line, DEPTH_MAX);
      if (tree instanceof Map<?, ?> && Arrays.equals(CanonicalJson.write(tree), line)) {
        return members(tree);
      }
    } catch (ProblemException | IllegalArgumentException notJson) {
      throw new Broken("it is no JSON as it is written here");
    }
    throw new Broken("it is not in the one form that is written here");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> members(Object tree) {
    return (Map<String, @Nullable Object>) tree;
  }

  private void header(OwnDocument line) {
    only(line, "type", "version", "origin", "key");
    VerifierKey named = VerifierKey.parse(line.text("key"));
    if (line.number("version") != LogLines.VERSION) {
      throw new Broken("this version of exports is not known here");
    }
    if (pinned != null && !pinned.equals(named)) {
      throw new Broken("the log is signed by another key than the one that was given");
    }
    if (!named.name().equals(line.text("origin"))) {
      throw new Broken("the key is not that of the log " + line.text("origin"));
    }
    key = named;
    organizationId = named.name().substring(named.name().lastIndexOf('/') + 1);
    olderNotes.stream()
        .map(note -> Checkpoint.open(note, named))
        .sorted(Comparator.comparingLong(Checkpoint::size))
        .forEach(older::add);
    meetOlder();
  }

  private void entry(OwnDocument line) {
    only(line, "type", "entry", "details", "hash");
    OwnDocument entry = line.object("entry");
    if (!(entry.tree().get("index") instanceof Long index)) {
      throw new Broken("an entry without its index");
    }
    if (index != frontier.size()) {
      throw new Broken(
          "entry %s is missing or was moved: entry %s stands in its place"
              .formatted(frontier.size(), index));
    }
    byte[] hash = TreeHash.leaf(CanonicalJson.write(entry.tree()));
    if (!HexFormat.of().formatHex(hash).equals(line.text("hash"))) {
      throw new Broken("entry " + index + " was changed: it has another hash than it says");
    }
    if (!entry.text("organization_id").equals(organizationId)) {
      throw new Broken("entry " + index + " is another organization's");
    }
    withheld += LogEntry.check(entry, line.object("details"));
    times.entry(index, Instant.parse(entry.text("at")), entry.text("code"));
    frontier.append(hash);
    meetOlder();
  }

  private void checkpoint(OwnDocument line) {
    only(line, "type", "note");
    Checkpoint checkpoint = Checkpoint.open(line.text("note"), signer());
    long from = last == null ? 0 : last.size();
    if (checkpoint.size() != frontier.size()) {
      throw new Broken(
          "a checkpoint of %s entries stands after %s"
              .formatted(checkpoint.size(), frontier.size()));
    }
    if (checkpoint.size() == from) {
      throw new Broken("a checkpoint of " + from + " entries stands twice");
    }
    if (!MessageDigest.isEqual(checkpoint.root(), frontier.root())) {
      throw new Broken(
          "one of the entries %s to %s is not what was signed at %s"
              .formatted(from, checkpoint.size() - 1, checkpoint.at()));
    }
    requireOrigin(checkpoint);
    times.signed(checkpoint.at());
    last = checkpoint;
    checkpoints++;
  }

  private void end(OwnDocument line) {
    only(line, "type", "size");
    if (!(line.tree().get("size") instanceof Long size) || size != frontier.size()) {
      throw new Broken(
          "the export says that it has %s entries, and has %s"
              .formatted(line.tree().get("size"), frontier.size()));
    }
    isEnded = true;
  }

  /** Nothing comes any more: whether all is there that must be. */
  public void finish() {
    if (!isEnded) {
      throw new Broken("the export is cut off after entry " + (frontier.size() - 1));
    }
    if (last == null || last.size() != frontier.size()) {
      throw new Broken("the last entries are not signed");
    }
    if (!older.isEmpty()) {
      throw new Broken(
          "the log is cut off: it has %s entries, and a checkpoint of %s was signed at %s"
              .formatted(frontier.size(), older.getLast().size(), older.getLast().at()));
    }
  }

  private void meetOlder() {
    while (!older.isEmpty() && older.getFirst().size() == frontier.size()) {
      Checkpoint met = older.removeFirst();
      requireOrigin(met);
      if (!MessageDigest.isEqual(met.root(), frontier.root())) {
        throw new Broken(
            "the history was forked: one of the first %s entries is not what was signed at %s"
                .formatted(met.size(), met.at()));
      }
    }
  }

  private void requireOrigin(Checkpoint checkpoint) {
    if (!checkpoint.origin().equals(signer().name())) {
      throw new Broken("a checkpoint is that of another log, " + checkpoint.origin());
    }
  }

  private VerifierKey signer() {
    if (key == null) {
      throw new IllegalStateException("there was no header");
    }
    return key;
  }

  private static void only(OwnDocument line, String... members) {
    if (!line.tree().keySet().equals(Set.of(members))) {
      throw new Broken("the line has other members than " + String.join(", ", members));
    }
  }

  public long size() {
    return frontier.size();
  }

  public long checkpoints() {
    return checkpoints;
  }

  /** Details of which the log has the commitment and the export not the content. */
  public long withheld() {
    return withheld;
  }

  /** When the last checkpoint was signed that was met. */
  public @Nullable Instant signedAt() {
    return last == null ? null : last.at();
  }

  public @Nullable VerifierKey key() {
    return key;
  }
}
