package io.sessionbridge.windows.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.session.calls.CallException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handle with overlapped requests. Memory that Windows may write to is freed only after its
 * request has ended: an abandoned request is cancelled, and its end awaited.
 */
final class OverlappedDevice implements DriverSystem.Device {

  /** {@code OVERLAPPED}: two pointer-sized numbers, 8 bytes, an event. */
  private static final int EVENT_OFFSET = 2 * Native.POINTER_SIZE + 8;

  private static final int OVERLAPPED_BYTES = EVENT_OFFSET + Native.POINTER_SIZE;

  // winerror.h, winbase.h
  private static final int OPERATION_ABORTED = 995;
  private static final int IO_PENDING = 997;
  private static final int FOR_EVER = -1;
  private static final int STOPPED = 0;
  private static final int ANSWERED = 1;

  private final Kernel32Driver windows;
  private final Pointer handle;
  private final Pointer stop;
  private final Pointer answered;

  private OverlappedDevice(Kernel32Driver windows, Pointer handle, Pointer stop, Pointer answered) {
    this.windows = windows;
    this.handle = handle;
    this.stop = stop;
    this.answered = answered;
  }

  /** Takes over the handle, even if it fails. */
  static OverlappedDevice of(Kernel32Driver windows, Pointer handle) throws CallException {
    Pointer stop = windows.CreateEventW(null, true, false, null);
    Pointer answered = stop == null ? null : windows.CreateEventW(null, true, false, null);
    if (stop == null || answered == null) {
      int error = Native.getLastError();
      closeIfOpen(windows, stop);
      windows.CloseHandle(handle);
      throw new CallException("CreateEvent", error);
    }
    return new OverlappedDevice(windows, handle, stop, answered);
  }

  private static void closeIfOpen(Kernel32Driver windows, @Nullable Pointer event) {
    if (event != null) {
      windows.CloseHandle(event);
    }
  }

  @Override
  public byte[] request(int code, byte[] input, int room) throws CallException {
    try (Request request = new Request(Math.max(1, Math.max(input.length, room)))) {
      request.buffer.write(0, input, 0, input.length);
      request.send(code, input.length, room);
      return request.answer();
    }
  }

  @Override
  public Optional<byte[]> await(int code, int room) throws CallException {
    Pointer[] events = {stop, answered};
    try (Request request = new Request(room)) {
      request.send(code, 0, room);
      int ended = windows.WaitForMultipleObjects(events.length, events, false, FOR_EVER);
      int error = Native.getLastError();
      if (ended != ANSWERED) {
        request.cancel();
      }
      Optional<byte[]> answer = answer(request, ended == STOPPED);
      if (ended != ANSWERED && ended != STOPPED) {
        throw new CallException("WaitForMultipleObjects", error);
      }
      return answer;
    }
  }

  /** An answer that arrived before the cancellation counts. */
  private static Optional<byte[]> answer(Request request, boolean stopped) throws CallException {
    try {
      return Optional.of(request.answer());
    } catch (CallException e) {
      if (stopped && e.error() == OPERATION_ABORTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** One request at a time, because there is one event. Everything is allocated before the send. */
  private final class Request implements AutoCloseable {

    /** Input and output share a buffer, which the system copies (METHOD_BUFFERED). */
    private final Memory buffer;

    private final Memory overlapped = new Memory(OVERLAPPED_BYTES);
    private final IntByReference bytes = new IntByReference();
    private boolean pending;

    Request(int room) {
      buffer = new Memory(room);
      overlapped.clear();
      overlapped.setPointer(EVENT_OFFSET, answered);
      windows.ResetEvent(answered);
    }

    void send(int code, int given, int room) throws CallException {
      if (!windows.DeviceIoControl(handle, code, buffer, given, buffer, room, null, overlapped)) {
        int error = Native.getLastError();
        if (error != IO_PENDING) {
          throw new CallException(
              "DeviceIoControl", error); // not pending, so there is no end to await
        }
      }
      pending = true;
    }

    void cancel() {
      windows.CancelIoEx(handle, overlapped); // fails if it has already ended
    }

    /** Waits for the end. */
    byte[] answer() throws CallException {
      boolean worked = windows.GetOverlappedResult(handle, overlapped, bytes, true);
      int error = Native.getLastError();
      pending = false;
      if (!worked) {
        throw new CallException("GetOverlappedResult", error);
      }
      return buffer.getByteArray(0, bytes.getValue());
    }

    /** Frees the memory once Windows is done with it, after exceptions, too. */
    @Override
    public void close() {
      if (pending) {
        cancel();
        windows.GetOverlappedResult(handle, overlapped, bytes, true);
      }
      overlapped.close();
      buffer.close();
    }
  }

  @Override
  public void stop() {
    windows.SetEvent(stop);
  }

  @Override
  public void close() {
    windows.CloseHandle(handle);
    windows.CloseHandle(answered);
    windows.CloseHandle(stop);
  }
}
