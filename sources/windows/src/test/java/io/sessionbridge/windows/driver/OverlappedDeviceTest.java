package io.sessionbridge.windows.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which calls a request makes of Windows. */
class OverlappedDeviceTest {

  private static final Pointer HANDLE = Pointer.createConstant(7);

  private final TestingKernel32 windows = new TestingKernel32();

  /** Sends each request at once, answers it with two bytes, and lists the calls that end it. */
  private static final class TestingKernel32 implements Kernel32Driver {
    private final List<String> calls = new ArrayList<>();
    private int ended = 1;
    private @Nullable Error thrown;
    private long events = 100;

    @Override
    public Pointer CreateFileW(
        WString name,
        int access,
        int share,
        @Nullable Pointer security,
        int disposition,
        int flags,
        @Nullable Pointer template) {
      throw new AssertionError("opens nothing");
    }

    @Override
    public boolean DeviceIoControl(
        Pointer device,
        int code,
        @Nullable Pointer input,
        int inputBytes,
        @Nullable Pointer output,
        int outputBytes,
        @Nullable Pointer returned,
        Pointer overlapped) {
      calls.add("send");
      return true;
    }

    @Override
    public boolean GetOverlappedResult(
        Pointer device, Pointer overlapped, IntByReference bytes, boolean wait) {
      calls.add("end");
      bytes.setValue(2);
      return true;
    }

    @Override
    public boolean CancelIoEx(Pointer device, Pointer overlapped) {
      calls.add("cancel");
      return true;
    }

    @Override
    public Pointer CreateEventW(
        @Nullable Pointer security, boolean manual, boolean set, @Nullable WString name) {
      return Pointer.createConstant(events++);
    }

    @Override
    public boolean SetEvent(Pointer event) {
      return true;
    }

    @Override
    public boolean ResetEvent(Pointer event) {
      return true;
    }

    @Override
    public int WaitForMultipleObjects(int count, Pointer[] handles, boolean all, int millis) {
      if (thrown != null) {
        throw thrown;
      }
      return ended;
    }

    @Override
    public boolean CloseHandle(Pointer handle) {
      calls.add("close " + Pointer.nativeValue(handle));
      return true;
    }
  }

  @Test
  void awaitsTheEndOnce() throws Exception {
    OverlappedDevice device = OverlappedDevice.of(windows, HANDLE);
    assertThat(device.request(1, new byte[] {5, 6}, 0)).containsExactly(5, 6);
    assertThat(device.await(1, 64).orElseThrow()).hasSize(2);
    assertThat(windows.calls).containsExactly("send", "end", "send", "end");
    device.close();
    assertThat(windows.calls).endsWith("close 7", "close 101", "close 100");
  }

  @Test
  void takesAnAnswerThatComesBeforeTheStop() throws Exception {
    windows.ended = 0;
    Optional<byte[]> answer = OverlappedDevice.of(windows, HANDLE).await(1, 64);
    assertThat(answer.orElseThrow()).hasSize(2);
    assertThat(windows.calls).containsExactly("send", "cancel", "end");
  }

  @Test
  void freesNothingThatWindowsMayStillWriteTo() throws Exception {
    OverlappedDevice device = OverlappedDevice.of(windows, HANDLE);
    windows.thrown = new OutOfMemoryError("while it waits");
    assertThatThrownBy(() -> device.await(1, 64)).isSameAs(windows.thrown);
    assertThat(windows.calls).containsExactly("send", "cancel", "end");
  }
}
