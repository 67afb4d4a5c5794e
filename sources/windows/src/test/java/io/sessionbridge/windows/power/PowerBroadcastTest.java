package io.sessionbridge.windows.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.power.PowerEvent.ConsoleDisplay;
import io.sessionbridge.windows.power.PowerEvent.PowerSource;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerEvent.Undecoded;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With images of the memory that Windows passes, byte by byte. */
class PowerBroadcastTest {

  private static final int CHANGE = 0x8013;

  /** {786E8A1D-B427-4344-9207-09E70BDCBEA9} as it lies in memory. */
  private static final String GLOBAL_PRESENCE = "1d8a6e78 27b4 4443 920709e70bdcbea9";

  /** {3C0F4548-C03F-4C4D-B9F2-237EDE686376}. */
  private static final String SESSION_PRESENCE = "48450f3c 3fc0 4d4c b9f2237ede686376";

  private static final String DISPLAY = "5695e66f 4a70 a047 8f24c28d936fda47";
  private static final String SOURCE = "599a3e5d d5e9 004b a6bdff34ff516548";
  private static final String BRIGHTNESS = "ed03a2ad 5a0f 4b14 a8c83ba2d9b2f8e4";

  private static Optional<PowerEvent> decoded(int type, String memory) {
    byte[] bytes = HexFormat.of().parseHex(memory.replace(" ", ""));
    return PowerBroadcast.decode(
        type, count -> bytes.length == 0 ? bytes : Arrays.copyOf(bytes, count));
  }

  @Test
  void readsSleepAndItsEnd() {
    assertThat(decoded(0x4, "")).contains(new Suspending());
    assertThat(decoded(0x12, "")).contains(new Resumed());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x6, 0x7, 0xA, 0xB, 0x99})
  void needsNothingElse(int type) {
    assertThat(decoded(type, "")).isEmpty();
  }

  @Test
  void readsSettings() {
    assertThat(decoded(CHANGE, GLOBAL_PRESENCE + "04000000 00000000"))
        .contains(new UserPresence(0));
    assertThat(decoded(CHANGE, SESSION_PRESENCE + "04000000 02000000"))
        .contains(new UserPresence(2));
    assertThat(decoded(CHANGE, DISPLAY + "04000000 01000000")).contains(new ConsoleDisplay(1));
    assertThat(decoded(CHANGE, SOURCE + "04000000 01000000")).contains(new PowerSource(1));
    assertThat(decoded(CHANGE, BRIGHTNESS + "04000000 01000000")).isEmpty();
  }

  @Test
  void reportsASettingWithoutAValue() {
    assertThat(decoded(CHANGE, "")).contains(new Undecoded());
    assertThat(decoded(CHANGE, SOURCE + "01000000 01000000")).contains(new Undecoded());
  }
}
