package io.sessionbridge.windows.process;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/** The groups of a token ({@code TOKEN_GROUPS} in {@code winnt.h}). */
final class TokenGroups {

  private static final int ENABLED = 0x4;

  /** A deny-only group, such as administrators in a limited token. Still a membership. */
  private static final int DENY_ONLY = 0x10;

  private static final int GROUPS_AT = 8;
  private static final int GROUP_BYTES = 2 * Native.POINTER_SIZE;

  private TokenGroups() {}

  /** The SIDs of the groups of which the user is a member. */
  static List<Pointer> members(Pointer groups) {
    int count = groups.getInt(0);
    List<Pointer> sids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long at = GROUPS_AT + (long) i * GROUP_BYTES;
      int attributes = groups.getInt(at + Native.POINTER_SIZE);
      if ((attributes & (ENABLED | DENY_ONLY)) != 0) {
        sids.add(groups.getPointer(at));
      }
    }
    return sids;
  }
}
