package io.sessionbridge.windows.session.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import io.sessionbridge.windows.session.facts.LogonType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogonDataTest {

  private static final long[] ADDRESSES = {24, 40, 56, 72, 96, 112, 128};

  @Test
  void readsAllThatIsAsked() throws Exception {
    Memory memory = Image.of("logon-data");
    Image.relocate(memory, ADDRESSES);
    assertThat(LogonData.of(memory))
        .isEqualTo(
            new LogonData(
                Optional.of("kim"),
                Optional.of("CONTOSO"),
                Optional.of("Kerberos"),
                Optional.of("remote_interactive"),
                Optional.of("S-1-5-21-1004336348-1177238915-682003330-1104"),
                Optional.of(Instant.parse("2026-11-20T08:00:00.123456Z")),
                Optional.of("DC01"),
                Optional.of("CONTOSO.EXAMPLE"),
                Optional.of("kim@contoso.example")));
  }

  @Test
  void aRecordOfZerosSaysNothing() {
    Memory memory = Image.of(new byte[272]);
    memory.setInt(0, 272);
    assertThat(LogonData.of(memory)).isEqualTo(LogonData.NONE);
  }

  @Test
  void doesNotReadBeyondAnOlderRecord() throws Exception {
    Memory memory = Image.of("logon-data");
    memory.setInt(0, 120);
    assertThat(LogonData.of(memory)).isEqualTo(LogonData.NONE);
  }

  @Test
  void readsTextOfEveryPlaneByItsCount() {
    Memory memory = Image.of(new byte[64]);
    String text = "J\u00fcrgen \ud83d\ude00\u0000\u65e5";
    memory.setShort(0, (short) (text.length() * 2));
    memory.setPointer(8, memory.share(16));
    byte[] bytes = (text + "X").getBytes(StandardCharsets.UTF_16LE);
    memory.write(16, bytes, 0, bytes.length);
    assertThat(WideText.counted(memory, 0)).contains(text);
  }

  @Test
  void readsSidsOfEveryAuthority() throws Exception {
    assertThat(Sid.text(Image.of("sid-domain")))
        .isEqualTo("S-1-5-21-1004336348-1177238915-682003330-1104");
    assertThat(Sid.text(Image.of("sid-entra")))
        .isEqualTo("S-1-12-1-4294967295-1250000000-3000000000-7");
  }

  @Test
  void refusesWhatIsNoSid() {
    Memory memory = Image.of(new byte[128]);
    memory.setByte(1, (byte) 200);
    assertThatThrownBy(() -> Sid.text(memory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a SID of 200 parts, the most is 15");
  }

  @Test
  void writesALogonsNumberAsTheSecurityLogDoes() throws Exception {
    long luid = Luid.ofToken(Image.of("token-statistics")).orElseThrow();
    assertThat(Luid.text(luid)).isEqualTo("0x1a2b3c4d");
    assertThat(Luid.text(0x1_0000_0001L)).isEqualTo("0x100000001");
    assertThat(Luid.ofToken(Image.of(new byte[56]))).isEmpty();
  }

  @Test
  void namesTheTypesOfTheHeader() {
    assertThat(LogonType.name(2)).contains("interactive");
    assertThat(LogonType.name(3)).contains("network");
    assertThat(LogonType.name(4)).contains("batch");
    assertThat(LogonType.name(5)).contains("service");
    assertThat(LogonType.name(6)).contains("proxy");
    assertThat(LogonType.name(7)).contains("unlock");
    assertThat(LogonType.name(8)).contains("network_cleartext");
    assertThat(LogonType.name(9)).contains("new_credentials");
    assertThat(LogonType.name(10)).contains("remote_interactive");
    assertThat(LogonType.name(11)).contains("cached_interactive");
    assertThat(LogonType.name(12)).contains("cached_remote_interactive");
    assertThat(LogonType.name(13)).contains("cached_unlock");
    assertThat(LogonType.name(14)).contains("type_14");
    assertThat(LogonType.name(0)).isEmpty();
  }

  @Test
  void countsFrom1601() {
    assertThat(WindowsTime.of(116_444_736_000_000_001L))
        .contains(Instant.parse("1970-01-01T00:00:00.0000001Z"));
    assertThat(WindowsTime.of(1)).contains(Instant.parse("1601-01-01T00:00:00.0000001Z"));
    assertThat(WindowsTime.of(2_650_467_743_999_999_999L))
        .contains(Instant.parse("9999-12-31T23:59:59.9999999Z"));
    assertThat(WindowsTime.of(2_650_467_744_000_000_000L)).isEmpty();
    assertThat(WindowsTime.of(Long.MAX_VALUE)).isEmpty();
    assertThat(WindowsTime.of(0)).isEmpty();
    assertThat(WindowsTime.of(-1)).isEmpty();
  }
}
