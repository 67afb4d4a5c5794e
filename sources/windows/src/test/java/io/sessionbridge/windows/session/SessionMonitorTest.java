package io.sessionbridge.windows.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.window.SessionListener;
import io.sessionbridge.windows.window.SessionNotifications;
import io.sessionbridge.windows.window.SessionScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionMonitorTest {

  private static final Instant NINE = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final TestingSessionCalls windows = new TestingSessionCalls();
  private final BlockingQueue<SessionNotification> received = new LinkedBlockingQueue<>();
  private @Nullable FakeMechanism mechanism;
  private @Nullable SessionMonitor monitor;

  /** Windows' side; the test's thread plays the one that Windows waits for. */
  private static final class FakeMechanism implements SessionNotifications {
    final SessionListener listener;
    Optional<String> problem = Optional.empty();
    boolean closed;
    boolean refuses;

    FakeMechanism(SessionListener listener) {
      this.listener = listener;
    }

    @Override
    public void start() throws WindowsException {
      if (refuses) {
        throw new WindowsException("no window");
      }
      if (problem.isEmpty()) {
        listener.registered(false);
      }
    }

    @Override
    public Optional<String> problem() {
      return problem;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @BeforeEach
  void twoUsers() {
    windows.own = 2;
    windows.session(1).logOn("ann", NINE).at("Console");
    windows.session(2).logOn("kim", NINE).at("RDP-Tcp#3");
  }

  @AfterEach
  void close() {
    if (monitor != null) {
      monitor.close();
    }
  }

  private void start(SessionScope scope, Executor executor, Consumer<FakeMechanism> prepared)
      throws WindowsException {
    start(scope, executor, prepared, received::add);
  }

  private void start(
      SessionScope scope,
      Executor executor,
      Consumer<FakeMechanism> prepared,
      Consumer<SessionNotification> listener)
      throws WindowsException {
    monitor =
        SessionMonitor.start(
            target -> {
              FakeMechanism made = new FakeMechanism(target);
              prepared.accept(made);
              mechanism = made;
              return made;
            },
            new WindowsSessions(windows),
            scope,
            InstantSource.fixed(NOON),
            executor,
            listener);
  }

  private SessionNotification next() throws InterruptedException {
    return requireNonNull(received.poll(20, TimeUnit.SECONDS), "nothing was received");
  }

  private void change(int code, long session) {
    requireNonNull(mechanism).listener.changed(new SessionChange(code, session));
  }

  private static String user(SessionNotification notification) {
    return notification.session().user().name().orElse("nobody");
  }

  @Test
  void reportsExistingSessionsAndThenEachChange() throws Exception {
    start(SessionScope.ALL, Runnable::run, ready -> {});
    assertThat(user(next())).isEqualTo("ann");
    SessionNotification present = next();
    assertThat(user(present)).isEqualTo("kim");
    assertThat(present.change()).isEmpty();
    assertThat(present.code()).isEmpty();
    assertThat(present.confirmed()).isEmpty();
    assertThat(present.time()).isEqualTo(NOON);
    windows.session(1).locked = Optional.of(true);
    change(7, 1);
    SessionNotification lock = next();
    assertThat(lock.code()).contains(SessionCode.SESSION_LOCK);
    assertThat(lock.confirmed()).contains(true);
    assertThat(lock.time()).isEqualTo(NOON);
    assertThat(user(lock)).isEqualTo("ann");
    change(77, 2);
    SessionNotification other = next();
    assertThat(other.change()).contains(new SessionChange(77, 2));
    assertThat(other.code()).isEmpty();
  }

  @Test
  void reportsItsOwnSessionOnly() throws Exception {
    start(SessionScope.THIS, Runnable::run, ready -> {});
    assertThat(user(next())).isEqualTo("kim");
    requireNonNull(monitor).close();
    assertThat(received).isEmpty();
  }

  @Test
  void callsTheListenerOnTheExecutorInOrder() throws Exception {
    List<Runnable> tasks = Collections.synchronizedList(new ArrayList<>());
    start(SessionScope.ALL, tasks::add, ready -> {});
    change(7, 1);
    change(8, 1);
    requireNonNull(monitor).close();
    assertThat(received).isEmpty();
    assertThat(requireNonNull(mechanism).closed).isTrue();
    tasks.forEach(Runnable::run);
    assertThat(received)
        .extracting(SessionNotification::code)
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of(SessionCode.SESSION_LOCK),
            Optional.of(SessionCode.SESSION_UNLOCK));
  }

  @Test
  void reportsExistingSessionsBeforeAndAfterALateRegistration() throws Exception {
    start(
        SessionScope.THIS,
        Runnable::run,
        made -> made.problem = Optional.of("error 1702, not yet"));
    assertThat(user(next())).isEqualTo("kim");
    assertThat(requireNonNull(monitor).problem()).contains("error 1702, not yet");
    FakeMechanism windowsSide = requireNonNull(mechanism);
    windowsSide.problem = Optional.empty();
    windowsSide.listener.registered(true);
    assertThat(next().change()).isEmpty();
    assertThat(monitor.problem()).isEmpty();
  }

  @Test
  void reportsExistingSessionsBeforeAnEarlyChange() throws Exception {
    start(SessionScope.THIS, Runnable::run, made -> made.listener.changed(new SessionChange(7, 2)));
    assertThat(next().change()).isEmpty();
    assertThat(next().code()).contains(SessionCode.SESSION_LOCK);
    assertThat(next().change()).isEmpty(); // registered, so nothing is missed from now on
  }

  @Test
  void namesTheMissingRight() throws Exception {
    windows.failing.put("token", TestingSessionCalls.PRIVILEGE_NOT_HELD);
    start(SessionScope.ALL, Runnable::run, ready -> {});
    next();
    next();
    assertThat(requireNonNull(monitor).problem())
        .contains("sessions have fewer fields: token needs SeTcbPrivilege, which LocalSystem has");
  }

  @Test
  void continuesAfterAListenerException() throws Exception {
    start(
        SessionScope.THIS,
        Runnable::run,
        ready -> {},
        notification -> {
          received.add(notification);
          throw new IllegalStateException("the listener fails");
        });
    next();
    change(7, 2);
    change(8, 2);
    assertThat(next().code()).contains(SessionCode.SESSION_LOCK);
    assertThat(next().code()).contains(SessionCode.SESSION_UNLOCK);
  }

  @Test
  void continuesWhenTheExecutorRejects() throws Exception {
    start(
        SessionScope.THIS,
        task -> {
          received.add(
              new SessionNotification(
                  NOON, Optional.empty(), SessionFacts.unknown(9), Optional.empty()));
          throw new java.util.concurrent.RejectedExecutionException("shut down");
        },
        ready -> {});
    next();
    change(7, 2);
    assertThat(next().session().sessionId()).isEqualTo(9);
  }

  @Test
  void reportsExistingSessionsAfterAnOverflow() throws Exception {
    CountDownLatch storm = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    start(
        SessionScope.THIS,
        Runnable::run,
        ready -> {},
        notification -> {
          begun.countDown();
          received.add(notification);
          try {
            storm.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    begun.await();
    for (int i = 0; i < NotificationQueue.CAPACITY + 5; i++) {
      change(7, 2);
    }
    storm.countDown();
    for (int i = 0; i < NotificationQueue.CAPACITY + 1; i++) {
      next();
    }
    assertThat(next().change()).isEmpty();
  }

  @Test
  void mayBeClosedByItsListener() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    start(
        SessionScope.THIS,
        Runnable::run,
        ready -> {},
        notification -> {
          if (notification.change().isPresent()) {
            requireNonNull(monitor).close();
            closed.countDown();
          }
        });
    change(7, 2);
    assertThat(closed.await(4, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void failsWhereThereIsNoWindow() {
    assertThatThrownBy(() -> start(SessionScope.THIS, Runnable::run, made -> made.refuses = true))
        .isInstanceOf(WindowsException.class)
        .hasMessage("no window");
  }
}
