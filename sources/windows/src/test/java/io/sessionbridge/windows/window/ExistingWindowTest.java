package io.sessionbridge.windows.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExistingWindowTest {

  private static final int REQUEST = 0xC123;

  private final FakeHook hook = new FakeHook();
  private final List<String> received = new ArrayList<>();
  private final SessionListener listener =
      new SessionListener() {
        @Override
        public void changed(SessionChange change) {
          received.add(change.code() + " of " + change.sessionId());
          if (change.code() == 99) {
            throw new IllegalStateException("the listener fails");
          }
        }

        @Override
        public void registered(boolean late) {
          received.add(late ? "registered late" : "registered");
        }

        @Override
        public void power(PowerEvent event) {
          received.add(event.toString());
        }

        @Override
        public void ended() {
          received.add("ended");
        }
      };

  private final ExistingWindow window = new ExistingWindow(hook, SessionScope.ALL, listener);

  /** A window whose thread is the test's. */
  private static final class FakeHook implements WindowHook {
    final List<String> calls = new ArrayList<>();
    final Deque<Integer> registerResults = new ArrayDeque<>();
    Optional<Long> ownSession = Optional.of(2L);
    boolean hangs;
    long timer;
    private @Nullable Handler handler;

    void send(int message, long wParam, long lParam) {
      if (handler != null) {
        handler.handle(message, wParam, lParam);
      }
    }

    @Override
    public void install(Handler newHandler) {
      calls.add("install");
      handler = newHandler;
    }

    @Override
    public void remove() {
      calls.add("remove");
    }

    @Override
    public int request() {
      return REQUEST;
    }

    @Override
    public boolean send(long wParam, long lParam) {
      if (!hangs) {
        send(REQUEST, wParam, lParam);
      }
      return !hangs;
    }

    @Override
    public void post(long wParam, long lParam) {
      send(REQUEST, wParam, lParam);
    }

    @Override
    public int register(SessionScope scope) {
      Integer result = registerResults.poll();
      calls.add("register " + scope + " -> " + (result == null ? 0 : result));
      return result == null ? 0 : result;
    }

    @Override
    public void unregister() {
      calls.add("unregister");
    }

    @Override
    public void startTimer(long number, long millis) {
      calls.add("timer " + millis);
      timer = number;
    }

    @Override
    public void stopTimer(long number) {
      timer = 0;
    }

    @Override
    public Optional<Long> ownSession() {
      return ownSession;
    }
  }

  @Test
  void receivesThroughTheWindowAndRestoresIt() throws Exception {
    window.start();
    assertThat(window.problem()).isEmpty();
    hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 7, 0xFFFF_FFFFL);
    hook.send(0x1A, 0, 0);
    window.close();
    hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 8, 1);
    window.close();
    assertThat(received).containsExactly("registered", "7 of 4294967295");
    assertThat(hook.calls).containsExactly("install", "register ALL -> 0", "unregister", "remove");
    assertThat(window.problem()).contains("closed");
  }

  @Test
  void retriesTheRegistrationWithGrowingDelays() throws Exception {
    hook.registerResults.addAll(List.of(1702, 1722));
    window.start();
    assertThat(window.problem())
        .contains(
            "Windows does not send session changes yet: error 1702: the Remote Desktop Services"
                + " are not ready or disabled");
    hook.send(ExistingWindow.WM_TIMER, 5, 0);
    hook.send(ExistingWindow.WM_TIMER, hook.timer, 0);
    hook.send(ExistingWindow.WM_TIMER, hook.timer, 0);
    assertThat(received).containsExactly("registered late");
    assertThat(window.problem()).isEmpty();
    assertThat(hook.timer).isZero();
    assertThat(hook.calls)
        .containsExactly(
            "install",
            "register ALL -> 1702",
            "timer 1000",
            "register ALL -> 1722",
            "timer 2000",
            "register ALL -> 0");
  }

  @Test
  void registersAgainOnRequest() throws Exception {
    window.start();
    window.registerAgain();
    assertThat(received).containsExactly("registered", "registered late");
    assertThat(hook.calls)
        .containsExactly("install", "register ALL -> 0", "unregister", "register ALL -> 0");
  }

  @Test
  void registersAgainAfterSleep() throws Exception {
    window.start();
    hook.send(WindowMessage.WM_POWERBROADCAST, 0x4, 0);
    hook.send(WindowMessage.WM_POWERBROADCAST, 0x12, 0);
    assertThat(received)
        .containsExactly("registered", "Suspending[]", "Resumed[]", "registered late");
    assertThat(hook.calls)
        .containsExactly("install", "register ALL -> 0", "unregister", "register ALL -> 0");
  }

  /** The program asked for it, by an address that only its own handler may read. */
  @Test
  void leavesPowerSettingsToTheProgram() throws Exception {
    window.start();
    hook.send(WindowMessage.WM_POWERBROADCAST, 0x8013, 0xDEAD_0000L);
    assertThat(received).containsExactly("registered");
  }

  @Test
  void reportsThatTheWindowWasDestroyed() throws Exception {
    window.start();
    hook.send(ExistingWindow.WM_DESTROY, 0, 0);
    window.close();
    assertThat(received).containsExactly("registered", "ended");
    assertThat(hook.calls).containsExactly("install", "register ALL -> 0", "unregister");
    assertThat(window.problem()).contains("the window was destroyed");
  }

  @Test
  void continuesWhenTheListenerFails() throws Exception {
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    List<String> failures = new ArrayList<>();
    thread.setUncaughtExceptionHandler((on, e) -> failures.add(e.getMessage()));
    try {
      window.start();
      hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 99, 1);
      hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 7, 1);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }
    assertThat(received).containsExactly("registered", "99 of 1", "7 of 1");
    assertThat(failures).containsExactly("the listener fails");
  }

  @Test
  void receivesOnlyItsOwnSessionIfConfigured() throws Exception {
    ExistingWindow own = new ExistingWindow(hook, SessionScope.THIS, listener);
    own.start();
    hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 7, 1);
    hook.send(WindowMessage.WM_WTSSESSION_CHANGE, 7, 2);
    assertThat(received).containsExactly("registered", "7 of 2");
  }

  @Test
  void leavesAWindowThatDoesNotRespond() {
    hook.hangs = true;
    assertThatThrownBy(window::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage("the window does not respond");
    assertThat(hook.calls).containsExactly("install", "remove");
  }

  @Test
  void cannotBeOfAnUnknownSession() {
    hook.ownSession = Optional.empty();
    ExistingWindow own = new ExistingWindow(hook, SessionScope.THIS, listener);
    assertThatThrownBy(own::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage("Windows does not report the session of this process");
    assertThat(hook.calls).isEmpty();
  }

  @Test
  void ignoresRequestsOfOthers() throws Exception {
    window.start();
    hook.send(REQUEST, ExistingWindow.UNREGISTER, 1);
    assertThat(window.problem()).isEmpty();
    assertThat(hook.calls).containsExactly("install", "register ALL -> 0");
  }
}
