package io.sessionbridge.windows.session.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StationInfoTest {

  private static final WindowsVersion WINDOWS_11 = new WindowsVersion(10, 0);
  private static final WindowsVersion WINDOWS_7 = new WindowsVersion(6, 1);
  private static final Instant LOGON = Instant.parse("2026-11-20T08:00:00.123456Z");
  private static final Instant CONNECT = Instant.parse("2026-11-20T07:59:58Z");

  private static Optional<StationInfo> read(String image, WindowsVersion version) throws Exception {
    Memory memory = Image.of(image);
    return StationInfo.of(memory, memory.size(), version);
  }

  @Test
  void readsAnUnlockedSession() throws Exception {
    assertThat(read("info-unlocked", WINDOWS_11))
        .contains(
            new StationInfo(
                2,
                Optional.of(ConnectState.ACTIVE),
                Optional.of(false),
                "Console",
                Optional.of(LOGON),
                Optional.of(CONNECT),
                Optional.empty()));
  }

  @Test
  void readsALockedAndDisconnectedSession() throws Exception {
    assertThat(read("info-locked", WINDOWS_11))
        .contains(
            new StationInfo(
                3,
                Optional.of(ConnectState.DISCONNECTED),
                Optional.of(true),
                "RDP-Tcp#17",
                Optional.of(LOGON),
                Optional.of(CONNECT),
                Optional.of(Instant.parse("2026-11-20T09:00:00Z"))));
  }

  @Test
  void knowsThatWindows7SaysTheOpposite() throws Exception {
    assertThat(read("info-unlocked", WINDOWS_7).orElseThrow().locked()).contains(true);
    assertThat(read("info-locked", WINDOWS_7).orElseThrow().locked()).contains(false);
    assertThat(read("info-locked", new WindowsVersion(6, 2)).orElseThrow().locked()).contains(true);
  }

  @Test
  void leavesALockStateThatWindowsDoesNotKnowOpen() throws Exception {
    StationInfo screen = read("info-logon-screen", WINDOWS_11).orElseThrow();
    assertThat(screen.locked()).isEmpty();
    assertThat(screen.logonTime()).isEmpty();
    assertThat(screen.state()).contains(ConnectState.CONNECTED);
    assertThat(read("info-logon-screen", WINDOWS_7).orElseThrow().locked()).isEmpty();
  }

  @Test
  void takesNoOtherLevelAndNothingShort() throws Exception {
    Memory memory = Image.of("info-unlocked");
    assertThat(StationInfo.of(memory, 231, WINDOWS_11)).isEmpty();
    memory.setInt(0, 2);
    assertThat(StationInfo.of(memory, 232, WINDOWS_11)).isEmpty();
  }

  @Test
  void aStateWithoutANameIsNone() throws Exception {
    Memory memory = Image.of("info-unlocked");
    memory.setInt(12, 10);
    assertThat(StationInfo.of(memory, 232, WINDOWS_11).orElseThrow().state()).isEmpty();
    memory.setInt(12, -1);
    assertThat(StationInfo.of(memory, 232, WINDOWS_11).orElseThrow().state()).isEmpty();
  }
}
