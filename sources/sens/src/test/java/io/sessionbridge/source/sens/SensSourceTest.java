package io.sessionbridge.source.sens;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingSourceContext;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.com.SensListener;
import io.sessionbridge.windows.window.SessionNotifications;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SensSourceTest {

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private @Nullable TestingSourceContext context;
  private @Nullable TestingNotifications windows;
  private @Nullable SensSource source;

  private SensSource created(Function<SensListener, SessionNotifications> notifications) {
    context = new TestingSourceContext(clock, folder);
    source =
        new SensSource(
            context, new SensTranslator(new SensSessions(Optional::empty)), notifications);
    return source;
  }

  private SensSource started() throws Exception {
    SensSource created =
        created(
            listener -> {
              windows = new TestingNotifications(listener);
              return windows;
            });
    created.start();
    return created;
  }

  private TestingNotifications windows() {
    return requireNonNull(windows);
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
  }

  @Test
  void isDegradedWhileWindowsHasNoEventSystem() throws Exception {
    SensSource started = started();
    windows().problem = Optional.of("Windows does not report SENS events: 0x80040154");
    assertThat(started.check())
        .isEqualTo(Health.degraded("Windows does not report SENS events: 0x80040154"));
    windows().problem = Optional.empty();
    assertThat(started.check()).isEqualTo(Health.up());
  }

  @Test
  void reconcilesAfterALateSubscription() throws Exception {
    SensSource unused = started();
    windows().listener.subscribed(false);
    windows().listener.subscribed(true);
    assertThat(requireNonNull(context).intake().reconciliations())
        .containsExactly("started", "registered_late");
  }

  @Test
  void failsIfSensCannotWork() {
    SensSource created = created(FailingNotifications::new);
    assertThatThrownBy(created::start)
        .isInstanceOf(SourceException.class)
        .hasMessage("SENS needs a 64-bit Java, this one has 32 bits");
  }

  /** A Windows on which it cannot work. */
  private record FailingNotifications(SensListener listener) implements SessionNotifications {
    @Override
    public void start() throws WindowsException {
      throw new WindowsException("SENS needs a 64-bit Java, this one has 32 bits");
    }

    @Override
    public Optional<String> problem() {
      return Optional.of("not started");
    }

    @Override
    public void close() {}
  }
}
