package dev.saferun.audit.format;

import java.util.Map;

/**
 * What an {@link OcsfClass} calls a verb. A verb that a class has no activity for is sent as its
 * activity 99 in our own word.
 */
record OcsfActivity(OcsfClass ocsf, int id, String caption) {

  private static final int OTHER = 99;

  private record Name(int id, String caption) {}

  private static final Map<OcsfClass, Map<Verb, Name>> NAMES =
      Map.of(
          OcsfClass.DETECTION_FINDING, Map.of(Verb.CREATE, new Name(1, "Create")),
          OcsfClass.ACCOUNT_CHANGE,
              Map.of(
                  Verb.CREATE, new Name(1, "Create"),
                  Verb.ENABLE, new Name(2, "Enable"),
                  Verb.DISABLE, new Name(5, "Disable"),
                  Verb.DELETE, new Name(6, "Delete")),
          OcsfClass.AUTHENTICATION,
              Map.of(
                  Verb.START, new Name(1, "Logon"),
                  Verb.CREATE, new Name(1, "Logon"),
                  Verb.STOP, new Name(2, "Logoff"),
                  Verb.REVOKE, new Name(2, "Logoff"),
                  Verb.DELETE, new Name(2, "Logoff")),
          OcsfClass.ENTITY_MANAGEMENT,
              Map.of(
                  Verb.CREATE, new Name(1, "Create"),
                  Verb.READ, new Name(2, "Read"),
                  Verb.UPDATE, new Name(3, "Update"),
                  Verb.DELETE, new Name(4, "Delete"),
                  Verb.ENABLE, new Name(10, "Activate"),
                  Verb.DISABLE, new Name(11, "Deactivate"),
                  Verb.REVOKE, new Name(11, "Deactivate")),
          OcsfClass.USER_ACCESS,
              Map.of(
                  Verb.GRANT, new Name(1, "Assign Privileges"),
                  Verb.REVOKE, new Name(2, "Revoke Privileges")),
          OcsfClass.GROUP_MANAGEMENT,
              Map.of(
                  Verb.GRANT, new Name(1, "Assign Privileges"),
                  Verb.REVOKE, new Name(2, "Revoke Privileges"),
                  Verb.JOIN, new Name(3, "Add User"),
                  Verb.LEAVE, new Name(4, "Remove User"),
                  Verb.DELETE, new Name(5, "Delete"),
                  Verb.CREATE, new Name(6, "Create")),
          OcsfClass.APPLICATION_LIFECYCLE,
              Map.of(
                  Verb.CREATE, new Name(1, "Install"),
                  Verb.START, new Name(3, "Start"),
                  Verb.STOP, new Name(4, "Stop"),
                  Verb.UPGRADE, new Name(8, "Update")),
          OcsfClass.API_ACTIVITY,
              Map.of(
                  Verb.CREATE, new Name(1, "Create"),
                  Verb.READ, new Name(2, "Read"),
                  Verb.UPDATE, new Name(3, "Update"),
                  Verb.DELETE, new Name(4, "Delete")),
          OcsfClass.DATASTORE_ACTIVITY,
              Map.of(
                  Verb.READ, new Name(1, "Read"),
                  Verb.UPDATE, new Name(2, "Update"),
                  Verb.CREATE, new Name(6, "Create"),
                  Verb.DELETE, new Name(7, "Delete")),
          OcsfClass.APPLICATION_ERROR, Map.of(Verb.OTHER, new Name(1, "General Error")));

  /**
   * @param word what it is called where the class has no name for the verb
   */
  static OcsfActivity of(OcsfClass ocsf, Verb verb, String word) {
    Name name = NAMES.getOrDefault(ocsf, Map.of()).getOrDefault(verb, new Name(OTHER, word));
    return new OcsfActivity(ocsf, name.id(), name.caption());
  }

  /** The schema's own sum of class and activity. */
  int typeUid() {
    return ocsf.uid() * 100 + id;
  }

  String typeCaption() {
    return ocsf.caption() + ": " + (id == OTHER ? "Other" : caption);
  }
}
