package io.sessionbridge.windows.access;

/**
 * An entry of an access list (ACE).
 *
 * @param type {@code AceType} of {@code winnt.h}
 * @param flags {@code AceFlags} of {@code winnt.h}
 * @param rights {@code ACCESS_MASK}, generic rights included
 * @param sid the trustee, such as {@code S-1-5-18}; {@link #UNKNOWN_SID} if the entry's layout is
 *     unknown
 */
record AccessEntry(int type, int flags, int rights, String sid) {

  static final int ALLOWED = 0x0;
  static final int DENIED = 0x1;
  static final int ALLOWED_CALLBACK = 0x9;

  private static final int DENIED_OBJECT = 0x6;
  private static final int DENIED_CALLBACK = 0xA;
  private static final int DENIED_CALLBACK_OBJECT = 0xC;
  private static final int INHERIT_ONLY = 0x8;

  static final String UNKNOWN_SID = "S-?";

  /** Whether it can grant rights to the object that carries it. An unknown type is assumed to. */
  boolean grants() {
    return (flags & INHERIT_ONLY) == 0 && !isDenial();
  }

  private boolean isDenial() {
    return type == DENIED
        || type == DENIED_OBJECT
        || type == DENIED_CALLBACK
        || type == DENIED_CALLBACK_OBJECT;
  }

  /** Whether the granted rights include one of those. */
  boolean hasAny(int wanted) {
    return (Rights.mapped(rights) & wanted) != 0;
  }
}
