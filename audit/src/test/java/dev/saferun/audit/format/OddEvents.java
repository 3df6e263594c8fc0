package dev.saferun.audit.format;

import dev.saferun.audit.stream.StreamedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events that nobody meant to make. The same seed makes the same event. */
final class OddEvents {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "=cmd|' /C calc'!A0",
          "+1",
          "-1+2",
          "@SUM(A1)",
          "\tTab first",
          "\rReturn first",
          "\nLine first",
          "＝1",
          "{",
          "}{][",
          "{\"a\":",
          "a|b\\c=d\\",
          "\\n \\= \\|",
          "key=value other=1 cs1Label=x",
          "quote \" comma , semicolon ;",
          "line\nline\r\nline\u0085line\u2028line\u2029",
          "\u0000\u0001\u001b[31m\u007f",
          "\u202e\u05d0\u05d1\u200f mixed",
          "\ud83d\ude00\ud800\udf48",
          "half \ud83d",
          "\ude00 half",
          "\uffff\ufeff",
          "2026-13-45",
          "::1",
          "1.2.3.4",
          "999.1.1.1",
          "fe80::1%eth0",
          "1::2::3",
          "a.b.c.",
          "...",
          ":",
          "user:",
          "null");

  private final Random random;

  private OddEvents(long seed) {
    this.random = new Random(seed);
  }

  static Stream<StreamedEvent> first(int count) {
    return Stream.iterate(0L, seed -> seed + 1).limit(count).map(OddEvents::of);
  }

  static StreamedEvent of(long seed) {
    return new OddEvents(seed).event();
  }

  private StreamedEvent event() {
    StreamedEvent.Kind kind = anyOf(List.of(StreamedEvent.Kind.values()));
    Map<String, @Nullable Object> document =
        switch (kind) {
          case AUDIT -> Events.deedDocument(anyOf(Events.CODES));
          case DETECTION -> Events.detectionDocument();
          case CHECKPOINT -> Events.checkpointDocument();
        };
    return new StreamedEvent(
        new UUID(random.nextLong(), random.nextLong()),
        random.nextLong(1L << 40),
        new UUID(random.nextLong(), random.nextLong()),
        Events.AT.plusNanos(random.nextLong(1L << 60)),
        kind,
        spoilt(document));
  }

  /** Each member stays, goes or becomes odd; and sometimes one comes that nobody knows. */
  private Map<String, @Nullable Object> spoilt(Map<?, ?> object) {
    Map<String, @Nullable Object> spoilt = new TreeMap<>();
    object.forEach(
        (name, value) -> {
          switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> spoilt.put((String) name, odd(3));
            default -> spoilt.put((String) name, kept(value));
          }
        });
    if (random.nextInt(4) == 0) {
      spoilt.put(anyOf(TEXTS), odd(3));
    }
    return spoilt;
  }

  private @Nullable Object kept(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> spoilt(object);
      case List<?> list -> new ArrayList<>(list.stream().map(this::kept).toList());
      case null -> null;
      default -> value;
    };
  }

  private @Nullable Object odd(int depthMax) {
    return switch (random.nextInt(depthMax > 0 ? 12 : 8)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextLong();
      case 3 -> anyOf(List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0, 1e308, 0.5));
      case 4 -> anyOf(List.of(1, 'c', 1.5f, new UUID(1, 2), Events.AT));
      case 5 -> anyOf(TEXTS).repeat(random.nextInt(100));
      case 6 -> anyOf(TEXTS).repeat(random.nextInt(20) == 0 ? 10_000 : 1);
      case 7 -> anyOf(TEXTS) + anyOf(TEXTS);
      case 8 -> new ArrayList<@Nullable Object>(List.of(anyOf(TEXTS), Map.of()));
      case 9 -> nested(random.nextInt(200));
      case 10 -> Map.of(anyOf(TEXTS), anyOf(TEXTS));
      default -> {
        List<@Nullable Object> list = new ArrayList<>();
        list.add(odd(depthMax - 1));
        yield list;
      }
    };
  }

  private Object nested(int depth) {
    Object value = anyOf(TEXTS);
    for (int i = 0; i < depth; i++) {
      value = i % 2 == 0 ? List.of(value) : Map.of("inner", value);
    }
    return value;
  }

  private <T> T anyOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
