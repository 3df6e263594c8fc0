package dev.saferun.audit.format;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Persons and programs that act, in OCSF one object: {@code user}. */
final class OcsfPeople {

  private static final Map<String, Type> TYPES =
      Map.of(
          "person", new Type(1, "User"),
          "user", new Type(1, "User"),
          "admin", new Type(2, "Admin"),
          "operator", new Type(2, "Admin"),
          "system", new Type(3, "System"));

  private static final Type SERVICE = new Type(4, "Service");
  private static final int OTHER = 99;
  private static final String AGENT = "agent";
  private static final String NOBODY = "unknown";

  private record Type(int id, String caption) {}

  private final OcsfVersion version;

  OcsfPeople(OcsfVersion version) {
    this.version = version;
  }

  /**
   * @param who an object with {@code kind}, {@code id} and {@code name}, any of which may be
   *     missing
   */
  Map<String, @Nullable Object> user(Map<String, @Nullable Object> who) {
    String id = EventDocument.textIn(who, "id");
    String name = EventDocument.textIn(who, "name");
    Members user = new Members().with("uid", id).with("name", name);
    if (id == null && name == null) {
      // The schema wants one of them, and an event by nobody known must leave, too.
      user.with("name", NOBODY);
    }
    EventDocument.maybeIn(who, "kind").map(this::type).ifPresent(type -> with(user, type));
    return user.tree();
  }

  private static void with(Members user, Type type) {
    user.with("type_id", type.id()).with("type", type.caption());
  }

  private Type type(String kind) {
    if (kind.equals(AGENT) && version.knowsServiceAccounts()) {
      return SERVICE;
    }
    return TYPES.getOrDefault(kind, new Type(OTHER, kind));
  }
}
