package io.sessionbridge.windows.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The bytes are what {@code ConvertStringSecurityDescriptorToSecurityDescriptor} makes of the texts
 * beside them.
 */
class SecurityDescriptorTest {

  private static final String TRUSTED_INSTALLER =
      "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

  /**
   * C:\ of Windows 10:
   * O:(TrustedInstaller)D:PAI(A;;LC;;;AU)(A;OICIIO;SDGXGWGR;;;AU)(A;OICI;FA;;;SY)
   * (A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU).
   */
  private static final String DRIVE =
      "0100049414000000340000000000000054000000010600000000000550000000b589fb381984c2cb5c6c236d5700"
          + "776ec0026487010600000000000550000000b589fb381984c2cb5c6c236d5700776ec00264870200740005"
          + "000000000014000400000001010000000000050b000000000b1400000001e001010000000000050b000000"
          + "00031400ff011f0001010000000000051200000000031800ff011f00010200000000000520000000200200"
          + "0000031800a900120001020000000000052000000021020000";

  /**
   * C:\ProgramData: O:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)
   * (A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU).
   */
  private static final String PROGRAM_DATA =
      "010004941400000020000000000000002c0000000101000000000005120000000101000000000005120000000200"
          + "780005000000000b14000000001001010000000000030000000000031400ff011f00010100000000000512"
          + "00000000031800ff011f000102000000000005200000002002000000031800a90012000102000000000005"
          + "2000000021020000000218001601000001020000000000052000000021020000";

  /**
   * A folder that a user made in C:\: O:S-1-5-21-1-2-3-1001D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)
   * (A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU).
   */
  private static final String USERS_FOLDER =
      "010004841400000030000000000000004c000000010500000000000515000000010000000200000003000000e903"
          + "000001050000000000051500000001000000020000000300000001020000020074000500000000131800ff"
          + "011f000102000000000005200000002002000000131400ff011f0001010000000000051200000000131800"
          + "a90012000102000000000005200000002102000000101400bf01130001010000000000050b000000001b14"
          + "00000001e001010000000000050b000000";

  /** O:BAD:P(D;;FA;;;BU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA). */
  private static final String CLOSED =
      "0100049014000000240000000000000034000000010200000000000520000000200200000102000000000005200000"
          + "002002000002004c000300000001001800ff011f0001020000000000052000000021020000000314"
          + "00ff011f0001010000000000051200000000031800ff011f0001020000000000052000000020020000";

  /** O:BA, without an access list. */
  private static final String NO_LIST =
      "01000080140000002400000000000000000000000102000000000005200000002002000001020000000000052000"
          + "000020020000";

  private static SecurityDescriptor of(String hex) {
    return SecurityDescriptor.parse(HexFormat.of().parseHex(hex));
  }

  @Test
  void readsOwnerAndEntries() {
    SecurityDescriptor drive = of(DRIVE);
    assertThat(drive.owner()).contains(TRUSTED_INSTALLER);
    assertThat(drive.entries().orElseThrow())
        .startsWith(
            new AccessEntry(0, 0, 0x4, "S-1-5-11"),
            new AccessEntry(0, 0xB, 0xE001_0000, "S-1-5-11"))
        .endsWith(new AccessEntry(0, 3, 0x12_00A9, "S-1-5-32-545"));
  }

  @Test
  void ignoresInheritOnlyEntries() {
    assertThat(of(DRIVE).others(Rights.REPLACE)).isEmpty(); // the inherited one lets delete
    assertThat(of(DRIVE).others(Rights.CHANGE)).containsExactly("S-1-5-11"); // new folders only
  }

  @Test
  void newNamesInAFolderReplaceNoOther() {
    assertThat(of(PROGRAM_DATA).others(Rights.REPLACE)).isEmpty();
    assertThat(of(PROGRAM_DATA).others(Rights.CHANGE)).containsExactly("S-1-5-32-545");
  }

  @Test
  void anOwnerMayDoAnything() {
    assertThat(of(USERS_FOLDER).others(Rights.REPLACE))
        .containsExactly("S-1-5-11", "S-1-5-21-1-2-3-1001");
    assertThat(new SecurityDescriptor(Optional.of("S-1-5-21-7"), Optional.of(List.of())).others(0))
        .containsExactly("S-1-5-21-7");
    assertThat(new SecurityDescriptor(Optional.empty(), Optional.of(List.of())).others(0))
        .containsExactly("S-1-1-0");
  }

  @Test
  void ignoresDenials() {
    assertThat(of(CLOSED).others(Rights.ANY)).isEmpty();
  }

  @Test
  void grantsEveryoneEverythingWithoutAList() {
    assertThat(of(NO_LIST).others(Rights.REPLACE)).containsExactly("S-1-1-0");
  }

  @Test
  void genericRightsStandForOthers() {
    SecurityDescriptor written = allowing(0x4000_0000);
    assertThat(written.others(Rights.CHANGE)).containsExactly("S-1-5-11");
    assertThat(written.others(Rights.REPLACE)).isEmpty();
    assertThat(allowing(0x1000_0000).others(Rights.REPLACE)).containsExactly("S-1-5-11");
    assertThat(allowing(0x8000_0000).others(Rights.CHANGE)).isEmpty();
  }

  private static SecurityDescriptor allowing(int rights) {
    return new SecurityDescriptor(
        Optional.of("S-1-5-18"), Optional.of(List.of(new AccessEntry(0, 0, rights, "S-1-5-11"))));
  }

  @Test
  void treatsUnknownEntriesAsGrants() {
    AccessEntry odd = new AccessEntry(0x5, 0, 0x2, AccessEntry.UNKNOWN_SID);
    assertThat(
            new SecurityDescriptor(Optional.of("S-1-5-18"), Optional.of(List.of(odd)))
                .others(Rights.CHANGE))
        .containsExactly(AccessEntry.UNKNOWN_SID);
  }

  @Test
  void endsWithTheBytes() {
    byte[] whole = HexFormat.of().parseHex(DRIVE);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SecurityDescriptor.parse(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a security descriptor of " + cut.length + " bytes ends too early");
    }
  }
}
