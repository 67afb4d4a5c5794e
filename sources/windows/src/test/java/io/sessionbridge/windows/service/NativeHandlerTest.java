package io.sessionbridge.windows.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.CallbackReference;
import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The handler as the service manager calls it: through its native function, whose calling
 * convention only Windows has.
 */
@EnabledOnOs(OS.WINDOWS)
class NativeHandlerTest {

  private final List<String> received = new ArrayList<>();

  private int call(ServiceSystem.Handler handler, int control, int eventType, Pointer data) {
    AdvapiService.NativeHandler callback = new AdvapiService.NativeHandler(handler);
    Pointer function = CallbackReference.getFunctionPointer(callback);
    return Function.getFunction(function)
        .invokeInt(new Object[] {control, eventType, data, Pointer.NULL});
  }

  private int handle(int control, int eventType, ControlData data) {
    Optional<ServiceEvent> event = ControlDecoder.decode(control, eventType, data);
    received.add(event.map(ServiceEvent::toString).orElse("nothing"));
    return 7;
  }

  @Test
  void copiesWhatWindowsOverwrites() {
    try (Memory notification = new Memory(8)) {
      notification.setInt(0, 8);
      notification.setInt(4, -2);
      assertThat(call(this::handle, Controls.SESSIONCHANGE, 5, notification)).isEqualTo(7);
      notification.setInt(4, 0xDDDD_DDDD);
    }
    assertThat(received)
        .containsExactly("SessionChanged[change=SessionChange[code=5, sessionId=4294967294]]");
  }

  @Test
  void takesAControlWithoutData() {
    call(this::handle, Controls.SESSIONCHANGE, 5, Pointer.NULL);
    call(this::handle, Controls.POWEREVENT, 4, Pointer.NULL);
    assertThat(received)
        .containsExactly("Undecoded[control=14, eventType=5]", "PowerChanged[event=Suspending[]]");
  }

  @Test
  void keepsExceptionsFromWindows() {
    Thread thread = Thread.currentThread();
    List<Throwable> thrown = new ArrayList<>();
    thread.setUncaughtExceptionHandler((on, e) -> thrown.add(e));
    try {
      int result =
          call(
              (control, eventType, data) -> {
                throw new IllegalStateException("the handler fails");
              },
              Controls.SESSIONCHANGE,
              5,
              Pointer.NULL);
      assertThat(result).isZero();
    } finally {
      thread.setUncaughtExceptionHandler(null);
    }
    assertThat(thrown).singleElement().isInstanceOf(IllegalStateException.class);
  }
}
