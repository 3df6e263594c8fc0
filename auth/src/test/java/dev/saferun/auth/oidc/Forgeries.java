package dev.saferun.auth.oidc;

import dev.saferun.auth.oidc.Forgery.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Collects forgeries in one group; a scene is made ready, and then the usual way is gone. */
final class Forgeries {

  /** What is changed of a scene before somebody comes. */
  interface Change extends Consumer<Scene> {}

  private final String group;
  private final List<Forgery> all = new ArrayList<>();

  Forgeries(String group) {
    this.group = group;
  }

  static Stream<Forgery> all() {
    return Stream.of(
            ForgedKeys.all(),
            ForgedClaims.all(),
            ForgedCallbacks.all(),
            ForgedAnswers.all(),
            ForgedLogouts.all())
        .flatMap(List::stream);
  }

  List<Forgery> list() {
    return List.copyOf(all);
  }

  /** A login that one check keeps out. */
  Forgeries login(OidcCheck check, String name, Change change) {
    all.add(new Forgery(group, name, check.refusal(), check, loginAfter(change)));
    return this;
  }

  /** A login that nothing can let in. */
  Forgeries login(OidcRefusal refusal, String name, Change change) {
    all.add(new Forgery(group, name, refusal, null, loginAfter(change)));
    return this;
  }

  /** A login whose ID token says otherwise. */
  Forgeries claims(OidcCheck check, String name, Consumer<Map<String, Object>> claims) {
    return login(check, name, scene -> scene.provider.claims = claims);
  }

  Forgeries logout(OidcCheck check, String name, Change change) {
    all.add(new Forgery(group, name, check.refusal(), check, logoutAfter(change)));
    return this;
  }

  Forgeries logout(OidcRefusal refusal, String name, Change change) {
    all.add(new Forgery(group, name, refusal, null, logoutAfter(change)));
    return this;
  }

  Forgeries attempt(OidcCheck check, String name, Attempt attempt) {
    all.add(new Forgery(group, name, check.refusal(), check, attempt));
    return this;
  }

  Forgeries attempt(OidcRefusal refusal, String name, Attempt attempt) {
    all.add(new Forgery(group, name, refusal, null, attempt));
    return this;
  }

  private static Attempt loginAfter(Change change) {
    return scene -> {
      change.accept(scene);
      return scene.refusalOfLogin();
    };
  }

  private static Attempt logoutAfter(Change change) {
    return scene -> {
      change.accept(scene);
      Optional<OidcRefusal> refusal = scene.refusalOfLogout(scene.provider.logoutToken());
      return refusal;
    };
  }
}
