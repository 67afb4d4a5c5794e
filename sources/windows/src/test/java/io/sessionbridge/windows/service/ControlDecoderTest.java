package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With images of the memory that Windows passes, byte by byte. */
class ControlDecoderTest {

  private static final int SESSIONCHANGE = 0xE;
  private static final int POWEREVENT = 0xD;
  private static final int TIMECHANGE = 0x10;

  /** {786E8A1D-B427-4344-9207-09E70BDCBEA9} as it lies in memory. */
  private static final String PRESENCE = "1d8a6e78 27b4 4443 920709e70bdcbea9";

  private static Optional<ServiceEvent> decoded(int control, int eventType, String memory) {
    byte[] bytes = HexFormat.of().parseHex(memory.replace(" ", ""));
    return ControlDecoder.decode(
        control, eventType, count -> bytes.length == 0 ? bytes : Arrays.copyOf(bytes, count));
  }

  @Test
  void readsASessionChange() {
    assertThat(decoded(SESSIONCHANGE, 7, "08000000 03000000"))
        .contains(new SessionChanged(new SessionChange(7, 3)));
    assertThat(decoded(SESSIONCHANGE, 99, "08000000 feffffff"))
        .contains(new SessionChanged(new SessionChange(99, 4_294_967_294L)));
  }

  @Test
  void tellsASessionChangeThatSaysNoSession() {
    Undecoded undecoded = new Undecoded(SESSIONCHANGE, 5);
    assertThat(decoded(SESSIONCHANGE, 5, "")).contains(undecoded);
    assertThat(decoded(SESSIONCHANGE, 5, "04000000 03000000")).contains(undecoded);
  }

  @Test
  void readsPowerEvents() {
    assertThat(decoded(POWEREVENT, 0x12, "")).contains(new PowerChanged(new Resumed()));
    assertThat(decoded(POWEREVENT, 0x8013, PRESENCE + "04000000 02000000"))
        .contains(new PowerChanged(new UserPresence(2)));
    assertThat(decoded(POWEREVENT, 0xA, "")).isEmpty();
  }

  @Test
  void tellsAPowerSettingWithoutAValue() {
    Undecoded undecoded = new Undecoded(POWEREVENT, 0x8013);
    assertThat(decoded(POWEREVENT, 0x8013, "")).contains(undecoded);
    assertThat(decoded(POWEREVENT, 0x8013, PRESENCE + "01000000 01000000")).contains(undecoded);
  }

  @Test
  void readsAChangeOfTheClockTheNewTimeFirst() {
    // 132223104000000000 and an hour less, in 100 ns since 1601.
    assertThat(decoded(TIMECHANGE, 0, "0000b5a1d9c0d501 00985a40d1c0d501".replace(" ", "")))
        .hasValueSatisfying(
            event -> {
              ClockChanged change = (ClockChanged) event;
              assertThat(change.after())
                  .isEqualTo(instant(0x01d5c0d9a1b50000L))
                  .isAfter(change.before());
              assertThat(change.before()).isEqualTo(instant(0x01d5c0d1405a9800L));
            });
    assertThat(decoded(TIMECHANGE, 0, "")).contains(new Undecoded(TIMECHANGE, 0));
  }

  @Test
  void knowsWhenWindowsBeganToCount() {
    assertThat(decoded(TIMECHANGE, 0, "00803ed5deb19d01 0a00000000000000"))
        .contains(
            new ClockChanged(
                Instant.parse("1601-01-01T00:00:00.000001Z"),
                Instant.parse("1970-01-01T00:00:00Z")));
  }

  private static Instant instant(long ticks) {
    return Instant.parse("1601-01-01T00:00:00Z")
        .plusSeconds(ticks / 10_000_000)
        .plusNanos(ticks % 10_000_000 * 100);
  }
}
