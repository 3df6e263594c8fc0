package dev.saferun.auth.signin;

import dev.saferun.platform.BodyFields;
import dev.saferun.platform.CanonicalJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads settings that were kept by the same rules as those that come in. */
final class Parts {

  private Parts() {}

  static BodyFields of(Map<String, @Nullable Object> settings, String... known) {
    return BodyFields.read(CanonicalJson.write(settings), known);
  }
}
