package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerEvent.Suspending;
import io.sessionbridge.windows.power.PowerTopic;
import io.sessionbridge.windows.service.ServiceHost.Outcome;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ServiceHostTest {

  private static final String RUNNING = "running accepts 0x3c1 error 0 check point 0";

  private final TestingServiceSystem windows = new TestingServiceSystem();
  private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();

  private CompletableFuture<Outcome> start(ServiceProgram program) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread main =
        new Thread(
            () -> {
              try {
                outcome.complete(new ServiceHost(windows, "Test", program).run());
              } catch (WindowsException | RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    main.setDaemon(true);
    main.start();
    return outcome;
  }

  /** Runs until it is asked to stop. */
  private int untilStopped(ServiceControl control) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    control.onStop(stop::countDown);
    control.running();
    ServiceHost.events().orElseThrow().subscribe(received::add);
    received.add("runs on " + Thread.currentThread().getName());
    stop.await();
    return ServiceProgram.DONE;
  }

  private Object next() throws InterruptedException {
    return String.valueOf(received.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void livesAsAServiceDoes() throws Exception {
    CompletableFuture<Outcome> outcome = start(this::untilStopped);
    assertThat(next()).isEqualTo("runs on service-main");
    assertThat(windows.send(Controls.INTERROGATE, 0)).isZero();
    assertThat(windows.send(130, 0)).isEqualTo(120);
    assertThat(windows.send(Controls.STOP, 0)).isZero();

    assertThat(outcome.get()).isEqualTo(Outcome.RAN);
    assertThat(windows.calls)
        .containsExactly(
            "register Test",
            "start pending accepts 0x0 error 0 check point 1",
            RUNNING,
            "unregisterAll",
            "listen GLOBAL_USER_PRESENCE -> null",
            "listen CONSOLE_DISPLAY -> null",
            "listen POWER_SOURCE -> null",
            "stop pending accepts 0x0 error 0 check point 1",
            "unregisterAll",
            "stopped accepts 0x0 error 0 check point 0");
    assertThat(ServiceHost.events()).isEmpty();
  }

  @Test
  void deliversEvents() throws Exception {
    CompletableFuture<Outcome> outcome = start(this::untilStopped);
    next();
    windows.send(Controls.SESSIONCHANGE, 7, (byte) 8, B0, B0, B0, (byte) 3, B0, B0, B0);
    windows.send(Controls.POWEREVENT, 0xA);
    windows.send(Controls.POWEREVENT, 4);
    windows.send(Controls.PRESHUTDOWN, 0);
    assertThat(outcome.get()).isEqualTo(Outcome.RAN);
    assertThat(received)
        .containsExactly(
            new ServiceEvent.SessionChanged(new SessionChange(7, 3)),
            new ServiceEvent.PowerChanged(new Suspending()),
            new ServiceEvent.ShuttingDown());
  }

  private static final byte B0 = 0;

  @Test
  void reportsThatItIsNotAService() throws Exception {
    windows.dispatchError = 1063;
    assertThat(start(control -> 0).get()).isEqualTo(Outcome.NOT_A_SERVICE);
  }

  @Test
  void reportsWhyItCannotBeAService() {
    windows.dispatchError = 5;
    ServiceHost host = new ServiceHost(windows, "Test", control -> 0);
    assertThatThrownBy(host::run)
        .isInstanceOf(WindowsException.class)
        .hasMessage("StartServiceCtrlDispatcher failed with error 5: access is denied");
  }

  @Test
  void aProgramThatFailsStopsTheServiceWithAnErrorAtOnce() throws Exception {
    CompletableFuture<Outcome> outcome =
        start(
            control -> {
              throw new IllegalStateException("no disk");
            });
    assertThat(outcome.get()).isEqualTo(Outcome.RAN);
    assertThat(windows.calls)
        .containsExactly(
            "register Test",
            "start pending accepts 0x0 error 0 check point 1",
            "event log: The service failed: java.lang.IllegalStateException: no disk",
            "unregisterAll",
            "stopped accepts 0x0 error 1 check point 0");
  }

  @Test
  void stopsWithTheProgramsCode() throws Exception {
    start(control -> 78).get();
    assertThat(windows.calls).endsWith("stopped accepts 0x0 error 78 check point 0");
  }

  @Test
  void aServiceThatEndsByItselfSaysSo() throws Exception {
    start(
            control -> {
              control.running();
              control.stopping();
              control.stopping();
              control.running();
              return 0;
            })
        .get();
    assertThat(windows.calls.stream().filter(call -> call.contains(" accepts ")))
        .containsExactly(
            "start pending accepts 0x0 error 0 check point 1",
            RUNNING,
            "stop pending accepts 0x0 error 0 check point 1",
            "stopped accepts 0x0 error 0 check point 0");
  }

  @Test
  void runsALateStopActionAtOnce() throws Exception {
    CompletableFuture<Outcome> outcome =
        start(
            control -> {
              windows.send(Controls.STOP, 0);
              CountDownLatch stop = new CountDownLatch(1);
              control.onStop(stop::countDown);
              stop.await();
              return 0;
            });
    assertThat(outcome.get()).isEqualTo(Outcome.RAN);
  }

  @Test
  void abortsIfItCannotReceiveControls() {
    windows.refusesHandler = true;
    CompletableFuture<Outcome> outcome = start(control -> 0);
    while (!windows.calls.contains("give up")) {
      Thread.onSpinWait();
    }
    assertThat(windows.calls)
        .containsExactly(
            "register Test",
            "event log: The service cannot receive controls:"
                + " io.sessionbridge.windows.WindowsException:"
                + " RegisterServiceCtrlHandlerEx failed with error 126",
            "give up");
    assertThat(outcome).isNotDone(); // the real one ends the process
  }

  @Test
  void reportsRefusedPowerSettings() throws Exception {
    windows.refusals.put(PowerTopic.GLOBAL_USER_PRESENCE, 127);
    windows.refusals.put(PowerTopic.POWER_SOURCE, 5);
    CompletableFuture<Outcome> outcome = start(this::untilStopped);
    next();
    ServiceEvents events = ServiceHost.events().orElseThrow();
    assertThat(events.problem())
        .contains(
            "Windows does not report global user presence (error 127: this version of Windows"
                + " lacks the function), power source (error 5: access is denied)");
    windows.refusals.clear();
    events.renew();
    assertThat(events.problem()).isEmpty();
    windows.send(Controls.STOP, 0);
    outcome.get();
  }

  @Test
  void reportsProgressOnlyWhileItStartsOrStops() throws Exception {
    StatusReporter reporter = new StatusReporter(windows);
    reporter.starting();
    assertThat(reporter.progress()).isTrue();
    assertThat(reporter.running()).isTrue();
    assertThat(reporter.progress()).isFalse();
    assertThat(reporter.stopping()).isTrue();
    assertThat(reporter.progress()).isTrue();
    reporter.stopped(0);
    assertThat(reporter.progress()).isFalse();
    assertThat(windows.calls)
        .isEqualTo(
            List.of(
                "start pending accepts 0x0 error 0 check point 1",
                "start pending accepts 0x0 error 0 check point 2",
                RUNNING,
                "stop pending accepts 0x0 error 0 check point 1",
                "stop pending accepts 0x0 error 0 check point 2",
                "stopped accepts 0x0 error 0 check point 0"));
  }
}
