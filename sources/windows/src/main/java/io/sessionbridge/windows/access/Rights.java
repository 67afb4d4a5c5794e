package io.sessionbridge.windows.access;

/** Rights to files and folders ({@code winnt.h}). */
final class Rights {

  private static final int WRITE_DATA = 0x2; // folder: create files in it
  private static final int APPEND_DATA = 0x4; // folder: create folders in it
  private static final int WRITE_EA = 0x10;
  private static final int DELETE_CHILD = 0x40;
  private static final int WRITE_ATTRIBUTES = 0x100; // also turns an empty folder into a link
  private static final int DELETE = 0x1_0000;
  private static final int WRITE_DAC = 0x4_0000;
  private static final int WRITE_OWNER = 0x8_0000;
  private static final int GENERIC_ALL = 0x1000_0000;
  private static final int GENERIC_WRITE = 0x4000_0000;
  private static final int FILE_ALL_ACCESS = 0x1F_01FF;
  private static final int FILE_GENERIC_WRITE = 0x12_0116;

  /** Any right at all. */
  static final int ANY = -1;

  /** Change a file's content, a folder's entries, or the access to either. */
  static final int CHANGE =
      WRITE_DATA
          | APPEND_DATA
          | WRITE_EA
          | DELETE_CHILD
          | WRITE_ATTRIBUTES
          | DELETE
          | WRITE_DAC
          | WRITE_OWNER;

  /** Create a file or a folder in a folder. */
  static final int MAKE = WRITE_DATA | APPEND_DATA;

  /**
   * Replace the folder or an entry of it. Creating new files in it is not included: every user may
   * do that in {@code C:\ProgramData}.
   */
  static final int REPLACE = DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER;

  /** The same for the root of a volume, which cannot be renamed. */
  static final int REPLACE_BELOW_ROOT = DELETE_CHILD | WRITE_DAC | WRITE_OWNER;

  private Rights() {}

  /** Expands generic rights. */
  static int mapped(int rights) {
    int all = rights;
    if ((rights & GENERIC_ALL) != 0) {
      all |= FILE_ALL_ACCESS;
    }
    if ((rights & GENERIC_WRITE) != 0) {
      all |= FILE_GENERIC_WRITE;
    }
    return all;
  }
}
