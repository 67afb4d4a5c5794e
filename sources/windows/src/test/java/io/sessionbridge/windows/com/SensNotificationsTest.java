package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.windows.WindowsException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SensNotificationsTest {

  private static final String NOT_THERE =
      "Windows does not report SENS events: CoCreateInstance of CEventSystem failed with 0x80040154"
          + " (REGDB_E_CLASSNOTREG): this Windows has no COM+ event system";

  private final int heldBefore = HeldSinks.inUse();
  private final TestingEventSystem windows = new TestingEventSystem();
  private final Recorder received = new Recorder();
  private SensNotifications notifications = notifications(false);

  private static final class Recorder implements SensListener {
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Override
    public void received(SensEvent event) {
      calls.add(event.method() + " " + event.user());
    }

    @Override
    public void subscribed(boolean late) {
      calls.add(late ? "subscribed late" : "subscribed");
    }

    @Override
    public void failed(String what) {
      calls.add(what);
    }

    String next() throws InterruptedException {
      return String.valueOf(calls.poll(20, TimeUnit.SECONDS));
    }
  }

  private SensNotifications notifications(boolean perUser) {
    return new SensNotifications(
        windows, "com", new SensSettings("test", perUser, false), received);
  }

  @AfterEach
  void assertNothingIsHeld() {
    notifications.close();
    assertThat(HeldSinks.inUse()).isEqualTo(heldBefore);
  }

  @Test
  void removesThenStoresAndRemovesAtTheEnd() throws Exception {
    notifications.start();
    assertThat(received.next()).isEqualTo("subscribed");
    assertThat(notifications.problem()).isEmpty();
    windows.lock("kim");
    assertThat(received.next()).isEqualTo("DISPLAY_LOCK kim");
    notifications.close();
    windows.lock("eve");
    assertThat(received.calls).isEmpty();
    assertThat(notifications.problem()).contains("closed");
    assertThat(windows.calls)
        .containsExactly(
            "connect by com",
            "remove SessionBridge ISensLogon",
            "store ISensLogon",
            "remove SessionBridge ISensLogon2",
            "store ISensLogon2",
            "remove SessionBridge ISensLogon",
            "left 1",
            "remove SessionBridge ISensLogon2",
            "left 1",
            "close");
  }

  @Test
  void subscribesForOneUserIfConfigured() throws Exception {
    notifications = notifications(true);
    notifications.start();
    assertThat(received.next()).isEqualTo("subscribed");
    assertThat(windows.calls).contains("store ISensLogon per user", "store ISensLogon2 per user");
  }

  @Test
  void retriesUntilThereIsAnEventSystem() throws Exception {
    windows.connectResults.addAll(
        List.of(Hresult.REGDB_E_CLASSNOTREG, Hresult.REGDB_E_CLASSNOTREG));
    assertThat(notifications.problem()).contains("not started");
    notifications.start();
    assertThat(received.next()).isEqualTo(NOT_THERE);
    assertThat(notifications.problem()).contains(NOT_THERE);
    assertThat(received.next()).isEqualTo("subscribed late");
    assertThat(notifications.problem()).isEmpty();
  }

  @Test
  void reportsAWrongThreadMode() throws Exception {
    windows.connectResults.add(Hresult.RPC_E_CHANGED_MODE);
    notifications.start();
    assertThat(received.next()).contains("0x80010106 (RPC_E_CHANGED_MODE): something else");
    assertThat(received.next()).isEqualTo("subscribed late");
  }

  @Test
  void keepsStoredSinksWhileItRetriesTheRest() throws Exception {
    windows.storeResults.addAll(List.of(Hresult.S_OK, Hresult.EVENT_E_MISSING_EVENTCLASS));
    notifications.start();
    assertThat(received.next())
        .isEqualTo(
            "Windows does not report SENS events: Store failed with 0x8004020A"
                + " (EVENT_E_MISSING_EVENTCLASS): this Windows does not know the events of SENS");
    windows.lock("kim");
    assertThat(received.next()).isEqualTo("DISPLAY_LOCK kim");
    assertThat(received.next()).isEqualTo("subscribed late");
    assertThat(windows.calls)
        .containsExactly(
            "connect by com",
            "remove SessionBridge ISensLogon",
            "store ISensLogon",
            "remove SessionBridge ISensLogon2",
            "store ISensLogon2",
            "remove SessionBridge ISensLogon2",
            "store ISensLogon2");
  }

  @Test
  void connectsAgainWhenNothingWasStored() throws Exception {
    windows.storeResults.add(Hresult.RPC_S_SERVER_UNAVAILABLE);
    notifications.start();
    assertThat(received.next()).endsWith("0x800706BA: the service EventSystem is not running");
    assertThat(received.next()).isEqualTo("subscribed late");
    assertThat(windows.calls)
        .startsWith(
            "connect by com",
            "remove SessionBridge ISensLogon",
            "store ISensLogon",
            "close",
            "connect by com");
  }

  @Test
  void storesAllSinksAgainAfterTheEventSystemEnds() throws Exception {
    windows.storeResults.addAll(List.of(Hresult.S_OK, Hresult.RPC_E_DISCONNECTED));
    notifications.start();
    assertThat(received.next())
        .endsWith("0x80010108 (RPC_E_DISCONNECTED): the service EventSystem was restarted");
    windows.forgetAll();
    assertThat(received.next()).isEqualTo("subscribed late");
    windows.lock("kim");
    assertThat(received.next()).isEqualTo("DISPLAY_LOCK kim");
    assertThat(windows.calls)
        .containsSubsequence("store ISensLogon2", "close", "connect by com", "store ISensLogon2")
        .endsWith("store ISensLogon");
  }

  @Test
  void storesEvenIfNothingCouldBeRemoved() throws Exception {
    windows.removeResults.add(Hresult.EVENT_E_NOT_ALL_REMOVED);
    notifications.start();
    assertThat(received.next()).isEqualTo("subscribed");
  }

  @Test
  void ignoresEventsIfWindowsKeepsTheSubscription() throws Exception {
    windows.removeResults.addAll(List.of(0, 0, Hresult.EVENT_E_NOT_ALL_REMOVED));
    notifications.start();
    assertThat(received.next()).isEqualTo("subscribed");
    notifications.close();
    assertThat(received.next())
        .isEqualTo(
            "the subscription to ISensLogon stays until the event system or this program ends:"
                + " Remove failed with 0x8004020B (EVENT_E_NOT_ALL_REMOVED): a subscription could"
                + " not be removed");
    assertThat(HeldSinks.inUse()).isEqualTo(heldBefore + 1);
    windows.lock("kim");
    assertThat(received.calls).isEmpty();
    windows.forgetAll();
  }

  @Test
  void closesWhileItWaitsForARetry() throws WindowsException, InterruptedException {
    windows.connectResults.addAll(
        List.of(Hresult.REGDB_E_CLASSNOTREG, Hresult.REGDB_E_CLASSNOTREG));
    notifications.start();
    assertThat(received.next()).isEqualTo(NOT_THERE);
    notifications.close();
    assertThat(received.calls).isEmpty();
  }

  @Test
  void closesWithoutStart() {
    notifications.close();
    notifications.close();
    assertThat(windows.calls).isEmpty();
  }
}
