package io.sessionbridge.source.scm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingIntake.Lost;
import io.sessionbridge.testkit.TestingSourceContext;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import io.sessionbridge.windows.service.ServiceEvent.PowerChanged;
import io.sessionbridge.windows.service.ServiceEvent.ShuttingDown;
import io.sessionbridge.windows.service.ServiceEvent.Undecoded;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ScmSourceTest {

  @TempDir Path folder;
  private final TestingServiceEvents windows = new TestingServiceEvents();
  private TestingSourceContext context;
  private ScmSource source;

  @BeforeEach
  void create() {
    context = new TestingSourceContext(new TestingClock(), folder);
    source = new ScmSource(context, () -> Optional.of(windows));
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void explainsHowToRunAsAService() {
    ScmSource outside = new ScmSource(context, Optional::empty);
    assertThatThrownBy(outside::start)
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "type scm works only in a Windows service, and this is not one; use sessionbridge"
                + " service install and sessionbridge service start, or type wts");
    outside.close();
  }

  @Test
  void reconcilesAtTheStart() throws Exception {
    source.start();
    assertThat(context.intake().reconciliations()).containsExactly("started");
  }

  @Test
  void reconcilesAfterSleep() throws Exception {
    source.start();
    windows.send(new PowerChanged(new Resumed()));
    source.close();
    assertThat(context.intake().reconciliations()).containsExactly("started", "resumed");
    assertThat(windows.renewals).hasValue(1);
    assertThat(context.intake().taken())
        .singleElement()
        .satisfies(event -> assertThat(event.data().kind()).isEqualTo(Kind.HOST_RESUME));
  }

  @Test
  void statesPresenceWithoutAnEvent() throws Exception {
    source.start();
    windows.send(new PowerChanged(new UserPresence(2)));
    source.close();
    assertThat(context.intake().condition()).isEqualTo(HostCondition.of(Presence.INACTIVE));
    assertThat(context.intake().taken()).isEmpty();
  }

  @Test
  void reconcilesAfterAnUndecodedControl() throws Exception {
    source.start();
    windows.send(new Undecoded(0xE, 5));
    source.close();
    assertThat(context.intake().reconciliations()).containsExactly("started", "undecoded_control");
  }

  @Test
  void reportsEventsDroppedBeforeItsStart() throws Exception {
    source.start();
    Objects.requireNonNull(windows.listener).lost(3);
    assertThat(context.intake().losses()).containsExactly(new Lost(3, "handoff_full"));
  }

  @Test
  void writesTheShutdownBeforeItEnds() throws Exception {
    source.start();
    windows.send(new ShuttingDown());
    source.close();
    assertThat(context.intake().taken()).hasSize(1);
  }

  @Test
  void isDegradedWhileWindowsRefusesANotification() throws Exception {
    source.start();
    windows.problem = Optional.of("Windows does not report user presence (error 127)");
    assertThat(source.check())
        .isEqualTo(Health.degraded("Windows does not report user presence (error 127)"));
    windows.problem = Optional.empty();
    assertThat(source.check()).isEqualTo(Health.up());
  }
}
