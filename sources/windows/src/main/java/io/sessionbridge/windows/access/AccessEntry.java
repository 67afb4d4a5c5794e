package io.sessionbridge.windows.access;

/**
 * An entry of an access list (ACE).
 *
 * @param type {@code AceType} of {@code winnt.h}
 * @param flags {@code AceFlags} of {@code winnt.h}
 * @param rights {@code ACCESS_MASK}, generic rights included
 * @param sid whom it is about, as {@code S-1-5-18}; {@link #UNKNOWN_SID} for a layout that is not
 *     known here
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

  /**
   * Whether it can give somebody rights to the object that has it. A type that is not known here is
   * taken for one that does.
   */
  boolean grants() {
    return (flags & INHERIT_ONLY) == 0 && !isDenial();
  }

  private boolean isDenial() {
    return type == DENIED
        || type == DENIED_OBJECT
        || type == DENIED_CALLBACK
        || type == DENIED_CALLBACK_OBJECT;
  }

  /** Whether who is granted this entry's rights has one of those. */
  boolean hasAny(int wanted) {
    return (Rights.mapped(rights) & wanted) != 0;
  }
}
