package dev.saferun.audit.format;

import java.util.Map;

/**
 * The classes of the Open Cybersecurity Schema Framework that we use, with what each calls a verb.
 * They are the same in every {@link OcsfVersion}; a verb that a class has no activity for is sent as
 * its activity 99 with our own word.
 */
enum OcsfClass {
  DETECTION_FINDING(
      Category.FINDINGS, 2004, "Detection Finding", Map.of(Verb.CREATE, new Activity(1, "Create"))),
  ACCOUNT_CHANGE(
      Category.IAM,
      3001,
      "Account Change",
      Map.of(
          Verb.CREATE, new Activity(1, "Create"),
          Verb.ENABLE, new Activity(2, "Enable"),
          Verb.DISABLE, new Activity(5, "Disable"),
          Verb.DELETE, new Activity(6, "Delete"))),
  AUTHENTICATION(
      Category.IAM,
      3002,
      "Authentication",
      Map.of(
          Verb.START, new Activity(1, "Logon"),
          Verb.CREATE, new Activity(1, "Logon"),
          Verb.STOP, new Activity(2, "Logoff"),
          Verb.REVOKE, new Activity(2, "Logoff"),
          Verb.DELETE, new Activity(2, "Logoff"))),
  ENTITY_MANAGEMENT(
      Category.IAM,
      3004,
      "Entity Management",
      Map.of(
          Verb.CREATE, new Activity(1, "Create"),
          Verb.READ, new Activity(2, "Read"),
          Verb.UPDATE, new Activity(3, "Update"),
          Verb.DELETE, new Activity(4, "Delete"),
          Verb.ENABLE, new Activity(10, "Activate"),
          Verb.DISABLE, new Activity(11, "Deactivate"),
          Verb.REVOKE, new Activity(11, "Deactivate"))),
  USER_ACCESS(
      Category.IAM,
      3005,
      "User Access Management",
      Map.of(
          Verb.GRANT, new Activity(1, "Assign Privileges"),
          Verb.REVOKE, new Activity(2, "Revoke Privileges"))),
  GROUP_MANAGEMENT(
      Category.IAM,
      3006,
      "Group Management",
      Map.of(
          Verb.GRANT, new Activity(1, "Assign Privileges"),
          Verb.REVOKE, new Activity(2, "Revoke Privileges"),
          Verb.JOIN, new Activity(3, "Add User"),
          Verb.LEAVE, new Activity(4, "Remove User"),
          Verb.DELETE, new Activity(5, "Delete"),
          Verb.CREATE, new Activity(6, "Create"))),
  APPLICATION_LIFECYCLE(
      Category.APPLICATION,
      6002,
      "Application Lifecycle",
      Map.of(
          Verb.CREATE, new Activity(1, "Install"),
          Verb.START, new Activity(3, "Start"),
          Verb.STOP, new Activity(4, "Stop"),
          Verb.UPGRADE, new Activity(8, "Update"))),
  API_ACTIVITY(
      Category.APPLICATION,
      6003,
      "API Activity",
      Map.of(
          Verb.CREATE, new Activity(1, "Create"),
          Verb.READ, new Activity(2, "Read"),
          Verb.UPDATE, new Activity(3, "Update"),
          Verb.DELETE, new Activity(4, "Delete"))),
  DATASTORE_ACTIVITY(
      Category.APPLICATION,
      6005,
      "Datastore Activity",
      Map.of(
          Verb.READ, new Activity(1, "Read"),
          Verb.UPDATE, new Activity(2, "Update"),
          Verb.CREATE, new Activity(6, "Create"),
          Verb.DELETE, new Activity(7, "Delete"))),
  APPLICATION_ERROR(
      Category.APPLICATION,
      6008,
      "Application Error",
      Map.of(Verb.OTHER, new Activity(1, "General Error")));

  /** A group of classes. */
  enum Category {
    FINDINGS(2, "Findings"),
    IAM(3, "Identity & Access Management"),
    APPLICATION(6, "Application Activity");

    private final int uid;
    private final String caption;

    Category(int uid, String caption) {
      this.uid = uid;
      this.caption = caption;
    }

    int uid() {
      return uid;
    }

    String caption() {
      return caption;
    }
  }

  /** What a class calls a verb. */
  record Activity(int id, String caption) {}

  private static final int OTHER_ACTIVITY = 99;

  private final Category category;
  private final int uid;
  private final String caption;
  private final Map<Verb, Activity> activities;

  OcsfClass(Category category, int uid, String caption, Map<Verb, Activity> activities) {
    this.category = category;
    this.uid = uid;
    this.caption = caption;
    this.activities = activities;
  }

  Category category() {
    return category;
  }

  int uid() {
    return uid;
  }

  String caption() {
    return caption;
  }

  /**
   * @param word what it is called where the class has no name for the verb
   */
  Activity activity(Verb verb, String word) {
    return activities.getOrDefault(verb, new Activity(OTHER_ACTIVITY, word));
  }

  /** The schema's own sum of class and activity. */
  int typeUid(Activity activity) {
    return uid * 100 + activity.id();
  }

  String typeCaption(Activity activity) {
    return caption + ": " + (activity.id() == OTHER_ACTIVITY ? "Other" : activity.caption());
  }
}
