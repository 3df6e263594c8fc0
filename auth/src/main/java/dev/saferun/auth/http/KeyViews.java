package dev.saferun.auth.http;

import dev.saferun.auth.ApiKey;
import dev.saferun.auth.IssuedKey;
import dev.saferun.auth.KeyChange;
import dev.saferun.auth.NewKey;
import dev.saferun.platform.BodyFields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys as they stand in bodies and answers. */
final class KeyViews {

  private static final int NAME_CHARACTERS_MAX = 200;

  private KeyViews() {}

  static NewKey newKey(byte[] body) {
    BodyFields fields = BodyFields.read(body, "name", "expires_at");
    String name =
        fields
            .text("name", NAME_CHARACTERS_MAX)
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> BodyFields.refuse("name", "say what the key is for"));
    return new NewKey(name, fields.time("expires_at"));
  }

  static KeyChange change(byte[] body) {
    BodyFields fields = BodyFields.read(body, "name", "revoked", "expires_at");
    boolean revoked = fields.truth("revoked").orElse(false);
    if (fields.truth("revoked").isPresent() && !revoked) {
      throw BodyFields.refuse("revoked", "a revoked key stays revoked; make a new one");
    }
    return new KeyChange(
        fields.text("name", NAME_CHARACTERS_MAX), revoked, fields.time("expires_at"));
  }

  record NewKeyBody(String name, @Nullable String expiresAt) {}

  record KeyChangeBody(
      @Nullable String name, @Nullable Boolean revoked, @Nullable String expiresAt) {}

  /** {@code key} is there once, in the answer that made it. */
  record KeyView(
      String id,
      String name,
      String kind,
      @Nullable String key,
      String hint,
      String createdAt,
      String createdBy,
      @Nullable String expiresAt,
      @Nullable String revokedAt,
      @Nullable String lastUsedAt) {

    static KeyView of(ApiKey key) {
      return of(key, null);
    }

    static KeyView of(IssuedKey issued) {
      return of(issued.key(), issued.secret());
    }

    private static KeyView of(ApiKey key, @Nullable String secret) {
      return new KeyView(
          key.id().toString(),
          key.name(),
          key.kind().name().toLowerCase(Locale.ROOT),
          secret,
          key.hint(),
          key.createdAt().toString(),
          key.createdBy(),
          text(key.expiresAt()),
          text(key.revokedAt()),
          text(key.lastUsedAt()));
    }

    private static @Nullable String text(@Nullable Instant at) {
      return at == null ? null : at.toString();
    }
  }

  record KeyList(List<KeyView> keys) {
    static KeyList of(List<ApiKey> keys) {
      return new KeyList(keys.stream().map(KeyView::of).toList());
    }
  }
}
