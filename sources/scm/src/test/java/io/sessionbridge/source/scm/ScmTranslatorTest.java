package io.sessionbridge.source.scm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import io.sessionbridge.windows.service.ServiceEvent;
import io.sessionbridge.windows.service.ServiceEvent.ClockChanged;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.SessionChanged;
import io.sessionbridge.windows.service.ServiceEvent.ShuttingDown;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
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
  void translatesEvents() {
    assertThat(data(new SessionChanged(new SessionChange(8, 3))))
        .isEqualTo("{\"kind\":\"unlock\",\"session_id\":3,\"raw_code\":8,\"uptime_ms\":5000}");
    assertThat(data(new PowerChanged(new Suspending())))
        .isEqualTo("{\"kind\":\"host_suspend\",\"uptime_ms\":5000}");
    assertThat(data(new PowerChanged(new Resumed())))
        .isEqualTo("{\"kind\":\"host_resume\",\"uptime_ms\":5000}");
    assertThat(data(new ShuttingDown()))
        .isEqualTo("{\"kind\":\"host_shutdown\",\"uptime_ms\":5000}");
    assertThat(translated(new PowerChanged(new Resumed())).orElseThrow().time()).isEqualTo(NOON);
    assertThat(translated(new PowerChanged(new Resumed())).orElseThrow().live()).isTrue();
  }

  @Test
  void reportsTheClockDifference() {
    assertThat(data(new ClockChanged(NOON, NOON.minusMillis(1500))))
        .contains("\"kind\":\"clock_change\"")
        .contains("\"old_time\":\"2026-11-20T12:00:00.000001Z\"")
        .contains("\"new_time\":\"2026-11-20T11:59:58.500001Z\"")
        .contains("\"difference_ms\":-1500");
  }

  @Test
  void emitsNoEventForACondition() {
    PowerChanged presence = new PowerChanged(new UserPresence(2));
    assertThat(translated(presence)).isEmpty();
    assertThat(ScmTranslator.condition(presence)).contains(HostCondition.of(Presence.INACTIVE));
    assertThat(translated(new Undecoded(0xE, 5))).isEmpty();
    assertThat(ScmTranslator.condition(new ShuttingDown())).isEmpty();
  }
}
