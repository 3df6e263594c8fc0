package dev.saferun.audit.sink;

import dev.saferun.audit.stream.StreamedEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Names an object by what is in it: the same batch has the same name whenever it is sent. Names
 * sort in the order of the stream, and the day is that of the batch's first event.
 */
final class S3Keys {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String root;
  private final String prefix;

  /**
   * @param root the path of the bucket
   * @param prefix ends with a slash, or is empty
   */
  S3Keys(String root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  /** Of characters that need no escape in a URL. */
  String path(List<Message> batch) {
    StreamedEvent first = batch.getFirst().event();
    StreamedEvent last = batch.getLast().event();
    return String.format(
        Locale.ROOT,
        "%s/%s%s/%s/%019d-%019d-%s.jsonl.gz",
        root,
        prefix,
        first.organizationId(),
        DAY.format(first.at()),
        first.position(),
        last.position(),
        TIME.format(first.at()));
  }
}
