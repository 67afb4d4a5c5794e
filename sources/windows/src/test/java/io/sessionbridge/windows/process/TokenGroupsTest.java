package io.sessionbridge.windows.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import io.sessionbridge.windows.session.decode.Sid;
import org.junit.jupiter.api.Test;

class TokenGroupsTest {

  /**
   * {@code TOKEN_GROUPS} of 64 bits: everybody, an administrator who may only be denied, nobody.
   */
  @Test
  void countsAGroupThatOnlyDeniesAndNotOneThatIsSwitchedOff() {
    try (Memory groups = new Memory(8 + 3 * 16L);
        Memory everyone = sid(1, 0);
        Memory administrators = sid(5, 32, 544);
        Memory off = sid(5, 32, 551)) {
      groups.clear();
      groups.setInt(0, 3);
      group(groups, 0, everyone, 0x7);
      group(groups, 1, administrators, 0x10);
      group(groups, 2, off, 0x0);
      assertThat(TokenGroups.members(groups))
          .map(Sid::text)
          .containsExactly("S-1-1-0", "S-1-5-32-544");
    }
  }

  private static void group(Memory groups, int index, Memory sid, int attributes) {
    groups.setPointer(8 + index * 16L, sid);
    groups.setInt(16 + index * 16L, attributes);
  }

  private static Memory sid(int authority, int... parts) {
    Memory sid = new Memory(8 + 4L * parts.length);
    sid.clear();
    sid.setByte(0, (byte) 1);
    sid.setByte(1, (byte) parts.length);
    sid.setByte(7, (byte) authority);
    for (int i = 0; i < parts.length; i++) {
      sid.setInt(8 + 4L * i, parts[i]);
    }
    return sid;
  }
}
