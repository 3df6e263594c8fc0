package dev.saferun.audit.http;

import dev.saferun.audit.delivery.DestinationStore.DeadLetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters as they are shown. */
final class DeadLetterPage {

  private DeadLetterPage() {}

  static Map<String, @Nullable Object> of(List<DeadLetter> letters, int most) {
    List<DeadLetter> shown = letters.subList(0, Math.min(most, letters.size()));
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("dead_letters", shown.stream().map(DeadLetterPage::letter).toList());
    if (letters.size() > most) {
      page.put("next_after", shown.getLast().position());
    }
    return page;
  }

  private static Map<String, @Nullable Object> letter(DeadLetter letter) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("position", letter.position());
    json.put("reason", letter.reason());
    json.put("attempts", (long) letter.attempts());
    json.put("at", letter.at());
    json.put("again", letter.again());
    return json;
  }
}
