package dev.saferun.audit.format;

/**
 * The classes of the Open Cybersecurity Schema Framework that we use. They are the same in every
 * {@link OcsfVersion}.
 */
enum OcsfClass {
  DETECTION_FINDING(Category.FINDINGS, 2004, "Detection Finding"),
  ACCOUNT_CHANGE(Category.IAM, 3001, "Account Change"),
  AUTHENTICATION(Category.IAM, 3002, "Authentication"),
  ENTITY_MANAGEMENT(Category.IAM, 3004, "Entity Management"),
  USER_ACCESS(Category.IAM, 3005, "User Access Management"),
  GROUP_MANAGEMENT(Category.IAM, 3006, "Group Management"),
  APPLICATION_LIFECYCLE(Category.APPLICATION, 6002, "Application Lifecycle"),
  API_ACTIVITY(Category.APPLICATION, 6003, "API Activity"),
  DATASTORE_ACTIVITY(Category.APPLICATION, 6005, "Datastore Activity"),
  APPLICATION_ERROR(Category.APPLICATION, 6008, "Application Error");

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

  private final Category category;
  private final int uid;
  private final String caption;

  OcsfClass(Category category, int uid, String caption) {
    this.category = category;
    this.uid = uid;
    this.caption = caption;
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
}
