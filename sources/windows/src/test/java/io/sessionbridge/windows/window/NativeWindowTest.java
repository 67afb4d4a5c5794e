package io.sessionbridge.windows.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.User32;
import com.sun.jna.platform.win32.WinDef.HWND;
import com.sun.jna.platform.win32.WinDef.LPARAM;
import com.sun.jna.platform.win32.WinDef.WPARAM;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What comes with messages of this very process, whose addresses the window can read. */
@EnabledOnOs(OS.WINDOWS)
@Timeout(60)
class NativeWindowTest {

  private static final HWND HWND_MESSAGE = new HWND(Pointer.createConstant(-3L));

  /** POWERBROADCAST_SETTING of GUID_SESSION_USER_PRESENCE: inactive. */
  private static final byte[] INACTIVE =
      HexFormat.of().parseHex("48450f3c3fc04d4cb9f2237ede6863760400000002000000");

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private final SessionWindow window =
      new SessionWindow(
          "native-window",
          SessionScope.ALL,
          new SessionListener() {
            @Override
            public void changed(SessionChange change) {
              received.add(change.toString());
            }

            @Override
            public void registered(boolean late) {
              received.add("registered " + late);
            }

            @Override
            public void power(PowerEvent event) {
              received.add(event.toString());
            }
          });

  @BeforeEach
  void start() throws Exception {
    window.start();
    assertThat(next()).isEqualTo("registered false");
  }

  @AfterEach
  void close() {
    window.close();
  }

  private String next() throws InterruptedException {
    return String.valueOf(received.poll(30, TimeUnit.SECONDS));
  }

  private static void send(int message, long wParam, long lParam) {
    HWND target = User32.INSTANCE.FindWindowEx(HWND_MESSAGE, null, null, "SessionBridge");
    assertThat(target).as("the window").isNotNull();
    User32.INSTANCE.SendMessage(target, message, new WPARAM(wParam), new LPARAM(lParam));
  }

  @Test
  void readsThePowerSettingBeforeTheCallReturns() throws Exception {
    try (Memory setting = new Memory(INACTIVE.length)) {
      setting.write(0, INACTIVE, 0, INACTIVE.length);
      send(WindowMessage.WM_POWERBROADCAST, 0x8013, Pointer.nativeValue(setting));
      setting.clear();
    }
    assertThat(next()).isEqualTo("UserPresence[state=2]");
  }

  @Test
  void survivesAnAddressThatIsNone() throws Exception {
    send(WindowMessage.WM_POWERBROADCAST, 0x8013, 0xDEAD_0000L);
    assertThat(next()).isEqualTo("Undecoded[]");
    send(WindowMessage.WM_WTSSESSION_CHANGE, 7, 1);
    assertThat(next()).isEqualTo("SessionChange[code=7, sessionId=1]");
  }

  @Test
  void registersAgainAfterSleep() throws Exception {
    send(WindowMessage.WM_POWERBROADCAST, 0x12, 0);
    assertThat(next()).isEqualTo("Resumed[]");
    assertThat(next()).isEqualTo("registered true");
    assertThat(window.problem()).isEmpty();
  }
}
