package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerEvent.ConsoleDisplay;
import io.sessionbridge.windows.power.PowerEvent.PowerSource;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerEvent.Undecoded;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PowerTranslatorTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");

  private static Optional<Observation> translated(PowerEvent event) {
    return PowerTranslator.translate(new Stamped<>(event, NOON, OptionalLong.of(5000)));
  }

  @Test
  void translatesEvents() {
    assertThat(translated(new Suspending()).orElseThrow().data())
        .hasToString("{\"kind\":\"host_suspend\",\"uptime_ms\":5000}");
    Observation resumed = translated(new Resumed()).orElseThrow();
    assertThat(resumed.data()).hasToString("{\"kind\":\"host_resume\",\"uptime_ms\":5000}");
    assertThat(resumed.time()).isEqualTo(NOON);
    assertThat(resumed.live()).isTrue();
  }

  @Test
  void emitsNoEventForACondition() {
    Stream.of(new UserPresence(0), new ConsoleDisplay(1), new PowerSource(0), new Undecoded())
        .forEach(event -> assertThat(translated(event)).isEmpty());
  }

  @Test
  void translatesConditions() {
    assertThat(PowerTranslator.condition(new UserPresence(0)))
        .contains(HostCondition.of(Presence.PRESENT));
    assertThat(PowerTranslator.condition(new UserPresence(1)))
        .contains(HostCondition.of(Presence.INACTIVE));
    assertThat(PowerTranslator.condition(new UserPresence(2)))
        .contains(HostCondition.of(Presence.INACTIVE));
    assertThat(PowerTranslator.condition(new ConsoleDisplay(0)))
        .contains(HostCondition.of(Display.OFF));
    assertThat(PowerTranslator.condition(new ConsoleDisplay(1)))
        .contains(HostCondition.of(Display.ON));
    assertThat(PowerTranslator.condition(new ConsoleDisplay(2)))
        .contains(HostCondition.of(Display.DIMMED));
    assertThat(PowerTranslator.condition(new ConsoleDisplay(3))).isEmpty();
    assertThat(PowerTranslator.condition(new PowerSource(0)))
        .contains(HostCondition.ofBattery(false));
    assertThat(PowerTranslator.condition(new PowerSource(1)))
        .contains(HostCondition.ofBattery(true));
    assertThat(PowerTranslator.condition(new PowerSource(2)))
        .contains(HostCondition.ofBattery(true));
    assertThat(PowerTranslator.condition(new Suspending())).isEmpty();
  }
}
