package io.sessionbridge.windows.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerEvent;
import io.sessionbridge.windows.power.PowerTopic;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionWindowTest {

  private static final String LOST =
      "the session window is lost: it was destroyed; it is created again";

  private final TestingMessages windows = new TestingMessages();
  private final Recorder received = new Recorder();
  private SessionWindow window = window(SessionScope.ALL);

  private static final class Recorder implements SessionListener {
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Override
    public void changed(SessionChange change) {
      calls.add(change.code() + " of " + change.sessionId());
      if (change.code() == 99) {
        throw new IllegalStateException("the listener fails");
      }
    }

    @Override
    public void registered(boolean late) {
      calls.add(late ? "registered late" : "registered");
    }

    @Override
    public void power(PowerEvent event) {
      calls.add(event.toString());
    }

    @Override
    public void interference(String what) {
      calls.add(what);
    }

    @Override
    public void ended() {
      calls.add("ended");
    }

    String next() throws InterruptedException {
      return String.valueOf(calls.poll(20, TimeUnit.SECONDS));
    }
  }

  private SessionWindow window(SessionScope scope) {
    return new SessionWindow(windows, "window", scope, received);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private List<String> calls(String beginning) {
    return windows.calls.stream().filter(call -> call.startsWith(beginning)).toList();
  }

  @Test
  void receivesChangesInOrderIncludingDuplicates() throws Exception {
    window.start();
    windows.change(7, 2);
    windows.change(7, 2);
    windows.change(8, 0xFFFF_FFFFL);
    windows.change(12345, 3);
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next()).isEqualTo("7 of 2");
    assertThat(received.next()).isEqualTo("7 of 2");
    assertThat(received.next()).isEqualTo("8 of 4294967295");
    assertThat(received.next()).isEqualTo("12345 of 3");
    assertThat(window.problem()).isEmpty();
  }

  @Test
  void takesASignExtendedSessionIdAsTheNumberItIs() throws Exception {
    window.start();
    windows.change(5, -294_967_296L);
    received.next();
    assertThat(received.next()).isEqualTo("5 of 4000000000");
  }

  @Test
  void leavesOtherMessagesToWindows() throws Exception {
    window.start();
    windows.post(0x1A, 0, 0);
    windows.change(7, 1);
    received.next();
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(calls("default")).containsExactly("default 26");
  }

  @Test
  void continuesWhenTheListenerFails() throws Exception {
    window.start();
    windows.change(99, 1);
    windows.change(7, 1);
    received.next();
    assertThat(received.next()).isEqualTo("99 of 1");
    assertThat(received.next()).isEqualTo("7 of 1");
  }

  @Test
  void receivesOnlyItsOwnSessionIfConfigured() throws Exception {
    windows.ownSession = Optional.of(2L);
    window = window(SessionScope.THIS);
    window.start();
    windows.change(7, 1);
    windows.change(7, 2);
    received.next();
    assertThat(received.next()).isEqualTo("7 of 2");
    assertThat(calls("register")).containsExactly("register THIS -> 0");
  }

  @Test
  void cannotBeOfAnUnknownSession() {
    windows.ownSession = Optional.empty();
    window = window(SessionScope.THIS);
    assertThatThrownBy(window::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "the session window cannot be created: Windows does not report the session of this process");
  }

  @Test
  void retriesTheRegistrationWithGrowingDelays() throws Exception {
    windows.registerResults.addAll(List.of(1702, 1702, 1722, 5, 1702, 1702, 1702));
    window.start();
    assertThat(window.problem())
        .contains(
            "Windows does not send session changes yet: error 1702: the Remote Desktop Services"
                + " are not ready or disabled");
    for (int i = 0; i < 7; i++) {
      windows.timePasses();
    }
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(window.problem()).isEmpty();
    assertThat(calls("wait"))
        .containsExactly(
            "wait 1000 or ready",
            "wait 2000 or ready",
            "wait 4000 or ready",
            "wait 8000 or ready",
            "wait 16000 or ready",
            "wait 30000 or ready",
            "wait 30000 or ready");
  }

  @Test
  void registersAtOnceWhenTheServicesAreReady() throws Exception {
    windows.registerResults.add(1702);
    window.start();
    windows.servicesBecomeReady();
    assertThat(received.next()).isEqualTo("registered late");
  }

  @Test
  void doesNotLoopWhenRefusedAlthoughReady() throws Exception {
    windows.registerResults.addAll(List.of(1702, 5));
    window.start();
    windows.servicesBecomeReady();
    windows.timePasses();
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(calls("wait")).containsExactly("wait 1000 or ready", "wait 2000");
  }

  @Test
  void receivesMessagesWhileNotRegistered() throws Exception {
    windows.registerResults.add(1702);
    window.start();
    windows.change(7, 1);
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(calls("register")).hasSize(1);
  }

  @Test
  void registersAgainOnRequest() throws Exception {
    window.start();
    windows.registerResults.add(1722);
    window.registerAgain();
    windows.timePasses();
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(calls("register"))
        .containsExactly("register ALL -> 0", "register ALL -> 1722", "register ALL -> 0");
    assertThat(calls("unregister")).hasSize(1);
    assertThat(calls("wait")).containsExactly("wait 1000 or ready");
    assertThat(window.problem()).isEmpty();
  }

  @Test
  void doesNotRegisterAgainAfterTheEnd() throws Exception {
    window.registerAgain();
    window.start();
    window.close();
    window.registerAgain();
    assertThat(calls("register")).hasSize(1);
  }

  @Test
  void closesInOrder() throws Exception {
    window.start();
    windows.change(7, 1);
    window.close();
    assertThat(window.problem()).contains("closed");
    assertThat(received.calls).containsExactly("registered", "7 of 1");
    String name = windows.calls.get(0).split(" ", 3)[1];
    assertThat(windows.calls)
        .containsExactly(
            "open " + name + " by window",
            "power off",
            "power SLEEP",
            "power SESSION_USER_PRESENCE",
            "power CONSOLE_DISPLAY",
            "power POWER_SOURCE",
            "register ALL -> 0",
            "unregister",
            "power off",
            "destroy",
            "forget " + name);
    int calls = windows.calls.size();
    window.close();
    assertThat(windows.calls).hasSize(calls);
  }

  @Test
  void refusesToCloseForAnotherProgram() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_CLOSE, 0, 0);
    windows.post(WindowMessage.WM_DESTROY, 0, 0);
    windows.post(TestingMessages.WM_QUIT, 0, 0);
    windows.post(WindowMessage.WM_CLOSE, 0, 0);
    windows.change(7, 1);
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next())
        .isEqualTo("another program asked the session window to close; refused");
    assertThat(received.next())
        .isEqualTo("another program asked the session window to be destroyed (2 times); refused");
    assertThat(received.next())
        .isEqualTo("another program asked the session window to close (4 times); refused");
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(window.problem()).isEmpty();
    assertThat(calls("destroy")).isEmpty();
    window.close();
    assertThat(received.calls).isEmpty();
    assertThat(calls("destroy")).hasSize(1);
  }

  @Test
  void replacesALostWindowAndReportsALateRegistration() throws Exception {
    window.start();
    windows.windowGoes();
    windows.change(7, 1);
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next()).isEqualTo(LOST);
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(window.problem()).isEmpty();
    assertThat(calls("open")).hasSize(2);
    assertThat(calls("forget")).hasSize(1);
    assertThat(calls("pause")).containsExactly("pause 0");
    window.close();
    assertThat(calls("forget")).hasSize(2);
  }

  @Test
  void replacesARepeatedlyLostWindowWithGrowingDelays() throws Exception {
    window.start();
    windows.windowsToRefuse.set(1);
    for (int i = 0; i < 3; i++) {
      assertThat(received.next()).startsWith("registered");
      windows.windowGoes();
      assertThat(received.next()).isEqualTo(LOST);
    }
    assertThat(received.next()).isEqualTo("registered late");
    windows.nanos = TimeUnit.MINUTES.toNanos(1);
    windows.windowGoes();
    assertThat(received.next()).isEqualTo(LOST);
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(calls("pause"))
        .containsExactly("pause 0", "pause 1000", "pause 2000", "pause 4000", "pause 0");
  }

  @Test
  void doesNotUnregisterWhatWasNeverRegistered() throws Exception {
    windows.registerResults.add(1702);
    window.start();
    window.close();
    assertThat(calls("unregister")).isEmpty();
    assertThat(calls("destroy")).hasSize(1);
  }

  @Test
  void replacesAWindowThatCannotWait() throws Exception {
    windows.waitFails = true;
    window.start();
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next())
        .isEqualTo(
            "the session window is lost: MsgWaitForMultipleObjectsEx failed with error"
                + " 6; it is created again");
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(calls("destroy")).hasSize(1);
    assertThat(calls("forget")).hasSize(1);
  }

  @Test
  void reportsWhyThereIsNoWindow() {
    windows.refusesWindows = true;
    assertThatThrownBy(window::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage("the session window cannot be created: CreateWindowEx failed with error 1400");
  }

  @Test
  void hasAClassOfItsOwn() throws Exception {
    window.start();
    TestingMessages others = new TestingMessages();
    SessionWindow other = new SessionWindow(others, "other", SessionScope.ALL, received);
    other.start();
    other.close();
    assertThat(others.calls.get(0)).isNotEqualTo(windows.calls.get(0).replace("window", "other"));
  }

  @Test
  void closesWithoutStart() {
    window.close();
    assertThat(windows.calls).isEmpty();
  }

  @Test
  void registersAgainAfterSleep() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x4, 0);
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x12, 0);
    windows.change(7, 1);
    assertThat(received.next()).isEqualTo("registered");
    assertThat(received.next()).isEqualTo("Suspending[]");
    assertThat(received.next()).isEqualTo("Resumed[]");
    assertThat(received.next()).isEqualTo("registered late");
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(calls("register")).hasSize(2);
    assertThat(calls("unregister")).hasSize(1);
    assertThat(calls("power SLEEP")).hasSize(2);
  }

  @Test
  void receivesUserPresence() throws Exception {
    windows.memory.put(
        77L, HexFormat.of().parseHex("48450f3c3fc04d4cb9f2237ede6863760400000002000000"));
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x8013, 77);
    windows.change(7, 1);
    received.next();
    assertThat(received.next()).isEqualTo("UserPresence[state=2]");
    assertThat(received.next()).isEqualTo("7 of 1");
    assertThat(calls("default")).containsExactly("default 536");
  }

  @Test
  void readsNoAddressThatIsNone() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x8013, 0xDEAD_0000L);
    received.next();
    assertThat(received.next()).isEqualTo("Undecoded[]");
  }

  @Test
  void requestsGlobalPresenceInSessionZero() throws Exception {
    windows.ownSession = Optional.of(0L);
    window.start();
    received.next();
    assertThat(calls("power"))
        .contains("power GLOBAL_USER_PRESENCE")
        .doesNotContain("power SESSION_USER_PRESENCE");
  }

  @Test
  void namesRefusedPowerNotifications() throws Exception {
    windows.refusals.put(PowerTopic.SLEEP, 127);
    windows.refusals.put(PowerTopic.POWER_SOURCE, 5);
    window.start();
    assertThat(window.problem()).isEmpty();
    assertThat(window.unreported())
        .contains(
            "Windows does not report sleep (error 127: this version of Windows lacks the"
                + " function), power source (error 5: access is denied)");
  }
}
