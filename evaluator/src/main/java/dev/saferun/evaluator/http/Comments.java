package dev.saferun.evaluator.http;

import dev.saferun.evaluator.RequestLimits;
import dev.saferun.platform.BodyFields;
import java.util.Optional;

/** What people say of what they do. */
final class Comments {

  private Comments() {}

  /** One that must be there. */
  static String required(BodyFields fields, String name) {
    return optional(fields, name).orElseThrow(() -> fields.absent(name));
  }

  /** A blank one is none. PostgreSQL keeps no text with U+0000. */
  static Optional<String> optional(BodyFields fields, String name) {
    Optional<String> text =
        fields.text(name, RequestLimits.COMMENT_CHARACTERS.most()).filter(said -> !said.isBlank());
    if (text.filter(said -> said.indexOf('\0') >= 0).isPresent()) {
      throw fields.refusal(name, "must not hold U+0000");
    }
    return text;
  }
}
