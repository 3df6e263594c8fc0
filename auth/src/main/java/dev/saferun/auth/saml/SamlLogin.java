package dev.saferun.auth.saml;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who logged in, as the identity provider signed it.
 *
 * @param sessionIndex by which the identity provider names this session when it ends it
 * @param attributes by their names, in the order in which they came; one that came several times
 *     has all its values
 * @param assertionId accept it once: keep it until {@code rememberUntil} and refuse it again
 * @param rememberUntil from here on the times in the assertion refuse it
 * @param authenticatedAt when the person proved who he is
 * @param sessionUntil when the identity provider wants the session to end
 */
public record SamlLogin(
    NameId subject,
    @Nullable String sessionIndex,
    Map<String, List<String>> attributes,
    String assertionId,
    Instant rememberUntil,
    Instant authenticatedAt,
    @Nullable Instant sessionUntil) {

  public SamlLogin {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    attributes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    attributes = Collections.unmodifiableMap(copy);
  }

  /** The values of an attribute; none where it did not come or has no name here. */
  public List<String> values(@Nullable String name) {
    return name == null ? List.of() : attributes.getOrDefault(name, List.of());
  }

  /** The one value of an attribute; absent where there are several as well. */
  public Optional<String> value(@Nullable String name) {
    List<String> values = values(name);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
