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
      "the window for session changes is lost: it was destroyed; it is created again";

  private final TestingMessages windows = new TestingMessages();
  private final Heard heard = new Heard();
  private SessionWindow window = window(SessionScope.ALL);

  private static final class Heard implements SessionListener {
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
    return new SessionWindow(windows, "window", scope, heard);
  }

  @AfterEach
  void close() {
    window.close();
  }

  private List<String> calls(String beginning) {
    return windows.calls.stream().filter(call -> call.startsWith(beginning)).toList();
  }

  @Test
  void hearsChangesInOrderTheSameTwiceToo() throws Exception {
    window.start();
    windows.change(7, 2);
    windows.change(7, 2);
    windows.change(8, 0xFFFF_FFFFL);
    windows.change(12345, 3);
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next()).isEqualTo("7 of 2");
    assertThat(heard.next()).isEqualTo("7 of 2");
    assertThat(heard.next()).isEqualTo("8 of 4294967295");
    assertThat(heard.next()).isEqualTo("12345 of 3");
    assertThat(window.trouble()).isEmpty();
  }

  @Test
  void takesASignExtendedSessionIdAsTheNumberItIs() throws Exception {
    window.start();
    windows.change(5, -294_967_296L);
    heard.next();
    assertThat(heard.next()).isEqualTo("5 of 4000000000");
  }

  @Test
  void leavesOtherMessagesToWindows() throws Exception {
    window.start();
    windows.post(0x1A, 0, 0);
    windows.change(7, 1);
    heard.next();
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(calls("default")).containsExactly("default 26");
  }

  @Test
  void goesOnWhenTheListenerFails() throws Exception {
    window.start();
    windows.change(99, 1);
    windows.change(7, 1);
    heard.next();
    assertThat(heard.next()).isEqualTo("99 of 1");
    assertThat(heard.next()).isEqualTo("7 of 1");
  }

  @Test
  void hearsOnlyItsOwnSessionIfToldSo() throws Exception {
    windows.ownSession = Optional.of(2L);
    window = window(SessionScope.THIS);
    window.start();
    windows.change(7, 1);
    windows.change(7, 2);
    heard.next();
    assertThat(heard.next()).isEqualTo("7 of 2");
    assertThat(calls("register")).containsExactly("register THIS -> 0");
  }

  @Test
  void cannotBeOfAnUnknownSession() {
    windows.ownSession = Optional.empty();
    window = window(SessionScope.THIS);
    assertThatThrownBy(window::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "the window for session changes cannot be created: Windows does not report the session of this process");
  }

  @Test
  void triesToRegisterAgainAndSlower() throws Exception {
    windows.registerResults.addAll(List.of(1702, 1702, 1722, 5, 1702, 1702, 1702));
    window.start();
    assertThat(window.trouble())
        .contains(
            "Windows does not send session changes yet: error 1702: the Remote Desktop Services"
                + " are not ready or disabled");
    for (int i = 0; i < 7; i++) {
      windows.timePasses();
    }
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(window.trouble()).isEmpty();
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
    assertThat(heard.next()).isEqualTo("registered late");
  }

  @Test
  void doesNotLoopWhenRefusedAlthoughReady() throws Exception {
    windows.registerResults.addAll(List.of(1702, 5));
    window.start();
    windows.servicesBecomeReady();
    windows.timePasses();
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(calls("wait")).containsExactly("wait 1000 or ready", "wait 2000");
  }

  @Test
  void hearsMessagesWhileItIsNotRegistered() throws Exception {
    windows.registerResults.add(1702);
    window.start();
    windows.change(7, 1);
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(calls("register")).hasSize(1);
  }

  @Test
  void makesALostRegistrationAnew() throws Exception {
    window.start();
    windows.registerResults.add(1722);
    window.registerAgain();
    windows.timePasses();
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(calls("register"))
        .containsExactly("register ALL -> 0", "register ALL -> 1722", "register ALL -> 0");
    assertThat(calls("unregister")).hasSize(1);
    assertThat(calls("wait")).containsExactly("wait 1000 or ready");
    assertThat(window.trouble()).isEmpty();
  }

  @Test
  void makesNoRegistrationAnewAfterTheEnd() throws Exception {
    window.registerAgain();
    window.start();
    window.close();
    window.registerAgain();
    assertThat(calls("register")).hasSize(1);
  }

  @Test
  void takesAllDownInOrder() throws Exception {
    window.start();
    windows.change(7, 1);
    window.close();
    assertThat(window.trouble()).contains("closed");
    assertThat(heard.calls).containsExactly("registered", "7 of 1");
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
  void staysWhenAnotherProgramAsksItToGo() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_CLOSE, 0, 0);
    windows.post(WindowMessage.WM_DESTROY, 0, 0);
    windows.post(TestingMessages.WM_QUIT, 0, 0);
    windows.post(WindowMessage.WM_CLOSE, 0, 0);
    windows.change(7, 1);
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next())
        .isEqualTo(
            "another program asked the window for session changes to close; the window stays");
    assertThat(heard.next())
        .isEqualTo(
            "another program asked the window for session changes to be destroyed (2 times); the"
                + " window stays");
    assertThat(heard.next())
        .isEqualTo(
            "another program asked the window for session changes to close (4 times); the window"
                + " stays");
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(window.trouble()).isEmpty();
    assertThat(calls("destroy")).isEmpty();
    window.close();
    assertThat(heard.calls).isEmpty();
    assertThat(calls("destroy")).hasSize(1);
  }

  @Test
  void makesALostWindowAgainAndMissesNothingSilently() throws Exception {
    window.start();
    windows.windowGoes();
    windows.change(7, 1);
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next()).isEqualTo(LOST);
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(window.trouble()).isEmpty();
    assertThat(calls("open")).hasSize(2);
    assertThat(calls("forget")).hasSize(1);
    assertThat(calls("pause")).containsExactly("pause 0");
    window.close();
    assertThat(calls("forget")).hasSize(2);
  }

  @Test
  void makesAWindowThatGoesAgainAndAgainSlower() throws Exception {
    window.start();
    windows.windowsToRefuse.set(1);
    for (int i = 0; i < 3; i++) {
      assertThat(heard.next()).startsWith("registered");
      windows.windowGoes();
      assertThat(heard.next()).isEqualTo(LOST);
    }
    assertThat(heard.next()).isEqualTo("registered late");
    windows.nanos = TimeUnit.MINUTES.toNanos(1);
    windows.windowGoes();
    assertThat(heard.next()).isEqualTo(LOST);
    assertThat(heard.next()).isEqualTo("registered late");
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
  void isMadeAgainWhenItCannotWait() throws Exception {
    windows.waitFails = true;
    window.start();
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next())
        .isEqualTo(
            "the window for session changes is lost: MsgWaitForMultipleObjectsEx failed with error"
                + " 6; it is created again");
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(calls("destroy")).hasSize(1);
    assertThat(calls("forget")).hasSize(1);
  }

  @Test
  void saysWhyThereIsNoWindow() {
    windows.refusesWindows = true;
    assertThatThrownBy(window::start)
        .isInstanceOf(WindowsException.class)
        .hasMessage(
            "the window for session changes cannot be created: CreateWindowEx failed with error 1400");
  }

  @Test
  void hasAClassOfItsOwn() throws Exception {
    window.start();
    TestingMessages others = new TestingMessages();
    SessionWindow other = new SessionWindow(others, "other", SessionScope.ALL, heard);
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
  void registersAnewAfterSleep() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x4, 0);
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x12, 0);
    windows.change(7, 1);
    assertThat(heard.next()).isEqualTo("registered");
    assertThat(heard.next()).isEqualTo("Suspending[]");
    assertThat(heard.next()).isEqualTo("Resumed[]");
    assertThat(heard.next()).isEqualTo("registered late");
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(calls("register")).hasSize(2);
    assertThat(calls("unregister")).hasSize(1);
    assertThat(calls("power SLEEP")).hasSize(2);
  }

  @Test
  void hearsWhetherAnybodyIsThere() throws Exception {
    windows.memory.put(
        77L, HexFormat.of().parseHex("48450f3c3fc04d4cb9f2237ede6863760400000002000000"));
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x8013, 77);
    windows.change(7, 1);
    heard.next();
    assertThat(heard.next()).isEqualTo("UserPresence[state=2]");
    assertThat(heard.next()).isEqualTo("7 of 1");
    assertThat(calls("default")).containsExactly("default 536");
  }

  @Test
  void readsNoAddressThatIsNone() throws Exception {
    window.start();
    windows.post(WindowMessage.WM_POWERBROADCAST, 0x8013, 0xDEAD_0000L);
    heard.next();
    assertThat(heard.next()).isEqualTo("Undecoded[]");
  }

  @Test
  void asksForThePresenceOfAllWhereThereIsNoUser() throws Exception {
    windows.ownSession = Optional.of(0L);
    window.start();
    heard.next();
    assertThat(calls("power"))
        .contains("power GLOBAL_USER_PRESENCE")
        .doesNotContain("power SESSION_USER_PRESENCE");
  }

  @Test
  void saysWhatWindowsWillNotTellBesides() throws Exception {
    windows.refusals.put(PowerTopic.SLEEP, 127);
    windows.refusals.put(PowerTopic.POWER_SOURCE, 5);
    window.start();
    assertThat(window.trouble()).isEmpty();
    assertThat(window.untold())
        .contains(
            "Windows does not report sleep (error 127: this Windows has no such function), power"
                + " source (error 5: access is denied)");
  }
}
