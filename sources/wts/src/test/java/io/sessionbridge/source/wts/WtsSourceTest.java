package io.sessionbridge.source.wts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingSourceContext;
import io.sessionbridge.windows.power.PowerEvent.Resumed;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerEvent.UserPresence;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class WtsSourceTest {

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private @Nullable TestingSourceContext context;
  private @Nullable TestingNotifications windows;
  private @Nullable WtsSource source;

  private WtsSource started() throws Exception {
    context = new TestingSourceContext(clock, folder);
    source =
        new WtsSource(
            context,
            listener -> {
              windows = new TestingNotifications(listener);
              return windows;
            });
    source.start();
    return source;
  }

  private TestingNotifications windows() {
    return requireNonNull(windows);
  }

  private TestingSourceContext context() {
    return requireNonNull(context);
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
  }

  @Test
  void isDegradedUntilWindowsSendsChanges() throws Exception {
    WtsSource started = started();
    windows().problem = Optional.of("Windows does not send session changes yet: error 1702");
    assertThat(started.check())
        .isEqualTo(Health.degraded("Windows does not send session changes yet: error 1702"));
    windows().problem = Optional.empty();
    assertThat(started.check()).isEqualTo(Health.up());
  }

  @Test
  void reconcilesOnceItReceivesChanges() throws Exception {
    WtsSource unused = started();
    windows().listener.registered(false);
    assertThat(context().intake().reconciliations()).containsExactly("started");
    windows().listener.registered(true);
    assertThat(context().intake().reconciliations()).containsExactly("started", "registered_late");
  }

  @Test
  void anotherProgramDoesNotEndTheAgent() throws Exception {
    WtsSource started = started();
    windows().listener.interference("the session window is lost");
    windows().listener.registered(true);
    assertThat(context().stopRequests()).isEmpty();
    assertThat(context().intake().reconciliations()).containsExactly("registered_late");
    assertThat(started.check()).isEqualTo(Health.up());
  }

  @Test
  void reportsSuspendAndResume() throws Exception {
    WtsSource started = started();
    windows().listener.power(new Suspending());
    windows().listener.power(new Resumed());
    started.close();
    assertThat(context().intake().taken())
        .extracting(event -> event.data().kind())
        .containsExactly(Kind.HOST_SUSPEND, Kind.HOST_RESUME);
  }

  @Test
  void statesPresenceWithoutAnEvent() throws Exception {
    WtsSource started = started();
    windows().listener.power(new UserPresence(2));
    started.close();
    assertThat(context().intake().condition()).isEqualTo(HostCondition.of(Presence.INACTIVE));
    assertThat(context().intake().taken()).isEmpty();
  }
}
