package io.sessionbridge.source.scm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.ConsoleDisplay;
import io.sessionbridge.windows.service.ServiceEvent.PowerSource;
import io.sessionbridge.windows.service.ServiceEvent.Resumed;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.ShuttingDown;
import io.sessionbridge.windows.service.ServiceEvent.Suspending;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import io.sessionbridge.windows.service.ServiceEvent.UserPresence;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScmTranslatorTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.000001Z");

  private static Optional<Observation> translated(ServiceEvent event) {
    return ScmTranslator.translate(new Stamped<>(event, NOON, OptionalLong.of(5000)));
  }

  private static String data(ServiceEvent event) {
    return translated(event).orElseThrow().data().toString();
  }

  @Test
  void saysWhatHappened() {
    assertThat(data(new SessionChanged(new SessionChange(8, 3))))
        .isEqualTo("{\"kind\":\"unlock\",\"session_id\":3,\"raw_code\":8,\"uptime_ms\":5000}");
    assertThat(data(new Suspending())).isEqualTo("{\"kind\":\"host_suspend\",\"uptime_ms\":5000}");
    assertThat(data(new Resumed())).isEqualTo("{\"kind\":\"host_resume\",\"uptime_ms\":5000}");
    assertThat(data(new ShuttingDown()))
        .isEqualTo("{\"kind\":\"host_shutdown\",\"uptime_ms\":5000}");
    assertThat(translated(new Resumed()).orElseThrow().time()).isEqualTo(NOON);
    assertThat(translated(new Resumed()).orElseThrow().live()).isTrue();
  }

  @Test
  void saysHowFarTheClockWent() {
    assertThat(data(new ClockChanged(NOON, NOON.minusMillis(1500))))
        .contains("\"kind\":\"clock_change\"")
        .contains("\"old_time\":\"2026-11-20T12:00:00.000001Z\"")
        .contains("\"new_time\":\"2026-11-20T11:59:58.500001Z\"")
        .contains("\"difference_ms\":-1500");
  }

  @Test
  void whatLastsIsNoEvent() {
    Stream.of(new UserPresence(0), new ConsoleDisplay(1), new PowerSource(0), new Undecoded(0xE, 5))
        .forEach(event -> assertThat(translated(event)).isEmpty());
  }

  @Test
  void saysWhatLasts() {
    assertThat(ScmTranslator.condition(new UserPresence(0)))
        .contains(HostCondition.of(Presence.PRESENT));
    assertThat(ScmTranslator.condition(new UserPresence(1)))
        .contains(HostCondition.of(Presence.INACTIVE));
    assertThat(ScmTranslator.condition(new UserPresence(2)))
        .contains(HostCondition.of(Presence.INACTIVE));
    assertThat(ScmTranslator.condition(new ConsoleDisplay(0)))
        .contains(HostCondition.of(Display.OFF));
    assertThat(ScmTranslator.condition(new ConsoleDisplay(1)))
        .contains(HostCondition.of(Display.ON));
    assertThat(ScmTranslator.condition(new ConsoleDisplay(2)))
        .contains(HostCondition.of(Display.DIMMED));
    assertThat(ScmTranslator.condition(new ConsoleDisplay(3))).isEmpty();
    assertThat(ScmTranslator.condition(new PowerSource(0)))
        .contains(HostCondition.ofBattery(false));
    assertThat(ScmTranslator.condition(new PowerSource(1))).contains(HostCondition.ofBattery(true));
    assertThat(ScmTranslator.condition(new PowerSource(2))).contains(HostCondition.ofBattery(true));
    assertThat(ScmTranslator.condition(new Suspending())).isEmpty();
  }
}
