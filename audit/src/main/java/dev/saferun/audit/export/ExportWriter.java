package dev.saferun.audit.export;

import dev.saferun.audit.format.EventFormat;
import dev.saferun.audit.format.EventFormats;
import dev.saferun.audit.log.EventReads;
import dev.saferun.audit.log.EventReads.Entry;
import dev.saferun.audit.log.LogReads;
import dev.saferun.audit.log.LogReads.Signed;
import dev.saferun.audit.stream.StreamedEvent;
import dev.saferun.audit.verify.LogLines;
import dev.saferun.platform.CanonicalJson;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Makes the next part of an export. The same export gives the same parts, on any node. */
@Singleton
class ExportWriter {

  /** Entries of one part. */
  static final int ENTRIES = 5_000;

  private final EventReads events;
  private final LogReads log;
  private final EventFormats formats;

  ExportWriter(EventReads events, LogReads log, EventFormats formats) {
    this.events = events;
    this.log = log;
    this.formats = formats;
  }

  CompletionStage<ExportPart> next(Export export) {
    return events
        .entries(
            export.organizationId(), export.nextIndex(), export.size(), export.filter(), ENTRIES)
        .thenCompose(
            entries -> {
              boolean isLast = entries.size() < ENTRIES;
              long next = isLast ? export.size() : entries.getLast().index() + 1;
              return export.isLog()
                  ? logged(export, entries, next)
                  : CompletableFuture.completedStage(formatted(export, entries, next));
            });
  }

  private CompletionStage<ExportPart> logged(Export export, List<Entry> entries, long next) {
    return log.checkpoints(export.organizationId(), export.nextIndex(), next, Integer.MAX_VALUE)
        .thenCombine(
            log.key(export.organizationId()),
            (signed, key) -> {
              PartBytes bytes = new PartBytes();
              if (export.parts() == 0) {
                line(bytes, LogLines.header(key.orElseThrow()));
              }
              Deque<Signed> left = new ArrayDeque<>(signed);
              for (Entry entry : entries) {
                line(bytes, LogLines.entry(entry.logged()));
                while (!left.isEmpty() && left.getFirst().size() == entry.index() + 1) {
                  line(bytes, LogLines.checkpoint(left.removeFirst().note()));
                }
              }
              boolean isLast = next == export.size();
              if (isLast) {
                line(bytes, LogLines.end(export.size()));
              }
              return bytes.part(entries.size(), next, isLast);
            });
  }

  private static void line(PartBytes bytes, Map<String, @Nullable Object> line) {
    bytes.line(CanonicalJson.write(line));
  }

  private ExportPart formatted(Export export, List<Entry> entries, long next) {
    EventFormat format = formats.named(export.format()).orElseThrow();
    PartBytes bytes = new PartBytes();
    if (export.parts() == 0) {
      format.header().ifPresent(bytes::line);
    }
    for (Entry entry : entries) {
      bytes.line(format.write(streamed(export, entry)));
    }
    return bytes.part(entries.size(), next, next == export.size());
  }

  private static StreamedEvent streamed(Export export, Entry entry) {
    return new StreamedEvent(
        export.organizationId(),
        entry.index(),
        entry.event().id(),
        entry.event().at(),
        StreamedEvent.Kind.AUDIT,
        entry.event().document(entry.index()));
  }
}
