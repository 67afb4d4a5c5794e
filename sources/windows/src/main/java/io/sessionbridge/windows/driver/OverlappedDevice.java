package io.sessionbridge.windows.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle with overlapped requests. Memory that Windows may write to is freed only after the
 * request that knows it has ended: a request that is given up is cancelled, and its end awaited.
 */
final class OverlappedDevice implements DriverSystem.Device {

  /** {@code OVERLAPPED}: two numbers of the size of an address, 8 bytes, an event. */
  private static final int EVENT_OFFSET = 2 * Native.POINTER_SIZE + 8;

  private static final int OVERLAPPED_BYTES = EVENT_OFFSET + Native.POINTER_SIZE;

  // winerror.h, winbase.h
  private static final int OPERATION_ABORTED = 995;
  private static final int IO_PENDING = 997;
  private static final int FOR_EVER = -1;
  private static final int STOPPED = 0;
  private static final int ANSWERED = 1;

  private static final Kernel32Driver WINDOWS = Kernel32Driver.INSTANCE;

  private final Pointer handle;
  private final Pointer stop;
  private final Pointer answered;

  private OverlappedDevice(Pointer handle, Pointer stop, Pointer answered) {
    this.handle = handle;
    this.stop = stop;
    this.answered = answered;
  }

  /** Takes the handle over, also when it fails. */
  static OverlappedDevice of(Pointer handle) throws CallException {
    Pointer stop = WINDOWS.CreateEventW(null, true, false, null);
    Pointer answered = stop == null ? null : WINDOWS.CreateEventW(null, true, false, null);
    if (stop == null || answered == null) {
      int error = Native.getLastError();
      closeIfOpen(stop);
      WINDOWS.CloseHandle(handle);
      throw new CallException("CreateEvent", error);
    }
    return new OverlappedDevice(handle, stop, answered);
  }

  private static void closeIfOpen(@Nullable Pointer event) {
    if (event != null) {
      WINDOWS.CloseHandle(event);
    }
  }

  @Override
  public byte[] ask(int code, byte[] input, int room) throws CallException {
    try (Memory overlapped = overlapped();
        Memory buffer = new Memory(Math.max(1, Math.max(input.length, room)))) {
      buffer.write(0, input, 0, input.length);
      send(code, buffer, input.length, room, overlapped);
      return buffer.getByteArray(0, awaitEnd(overlapped));
    }
  }

  @Override
  public Optional<byte[]> await(int code, int room) throws CallException {
    try (Memory overlapped = overlapped();
        Memory buffer = new Memory(room)) {
      send(code, buffer, 0, room, overlapped);
      int ended =
          WINDOWS.WaitForMultipleObjects(2, new Pointer[] {stop, answered}, false, FOR_EVER);
      int error = Native.getLastError();
      if (ended != ANSWERED) {
        WINDOWS.CancelIoEx(handle, overlapped); // fails if it has ended meanwhile
      }
      Optional<byte[]> answer = answer(overlapped, buffer, ended == STOPPED);
      if (ended != ANSWERED && ended != STOPPED) {
        throw new CallException("WaitForMultipleObjects", error);
      }
      return answer;
    }
  }

  /** An answer that came before the request was cancelled is an answer. */
  private Optional<byte[]> answer(Memory overlapped, Memory buffer, boolean stopped)
      throws CallException {
    try {
      return Optional.of(buffer.getByteArray(0, awaitEnd(overlapped)));
    } catch (CallException e) {
      if (stopped && e.error() == OPERATION_ABORTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Memory overlapped() {
    Memory overlapped = new Memory(OVERLAPPED_BYTES);
    overlapped.clear();
    overlapped.setPointer(EVENT_OFFSET, answered);
    WINDOWS.ResetEvent(answered);
    return overlapped;
  }

  /** Input and output have the same buffer, which the system copies (METHOD_BUFFERED). */
  private void send(int code, Memory buffer, int given, int room, Memory overlapped)
      throws CallException {
    if (WINDOWS.DeviceIoControl(handle, code, buffer, given, buffer, room, null, overlapped)) {
      return;
    }
    int error = Native.getLastError();
    if (error != IO_PENDING) {
      throw new CallException("DeviceIoControl", error);
    }
  }

  /** The number of bytes of the answer. Windows is done with the memory when this returns. */
  private int awaitEnd(Memory overlapped) throws CallException {
    IntByReference bytes = new IntByReference();
    if (!WINDOWS.GetOverlappedResult(handle, overlapped, bytes, true)) {
      throw new CallException("GetOverlappedResult", Native.getLastError());
    }
    return bytes.getValue();
  }

  @Override
  public void stop() {
    WINDOWS.SetEvent(stop);
  }

  @Override
  public void close() {
    WINDOWS.CloseHandle(handle);
    WINDOWS.CloseHandle(answered);
    WINDOWS.CloseHandle(stop);
  }
}
