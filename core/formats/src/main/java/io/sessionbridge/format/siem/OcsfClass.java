package io.sessionbridge.format.siem;

/** The event classes of OCSF in use, with their categories. */
enum OcsfClass {
  BASE_EVENT(0, "Base Event", 0, "Uncategorized"),
  AUTHENTICATION(3002, "Authentication", 3, "Identity & Access Management"),
  RDP_ACTIVITY(4005, "RDP Activity", 4, "Network Activity"),
  APPLICATION_LIFECYCLE(6002, "Application Lifecycle", 6, "Application Activity");

  private final int uid;
  private final String caption;
  private final int categoryUid;
  private final String categoryName;

  OcsfClass(int uid, String caption, int categoryUid, String categoryName) {
    this.uid = uid;
    this.caption = caption;
    this.categoryUid = categoryUid;
    this.categoryName = categoryName;
  }

  int uid() {
    return uid;
  }

  String caption() {
    return caption;
  }

  int categoryUid() {
    return categoryUid;
  }

  String categoryName() {
    return categoryName;
  }
}
