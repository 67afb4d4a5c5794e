package io.sessionbridge.windows.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LastInputTest {

  @Test
  void countsOverTheWrapOfTheTicks() {
    assertThat(LastInput.between(0xFFFF_FFF0, 0x10)).isEqualTo(Duration.ofMillis(32));
    assertThat(LastInput.between(5, 5)).isZero();
    assertThat(LastInput.between(0, 0xFFFF_FFFF)).isEqualTo(Duration.ofMillis(4_294_967_295L));
  }

  @Test
  @EnabledOnOs(OS.WINDOWS)
  void isReportedByWindows() throws Exception {
    assertThat(LastInput.ago()).isGreaterThanOrEqualTo(Duration.ZERO);
  }
}
