package io.sessionbridge.windows.pipe;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.pipe.PipeLibraries.Kernel32;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One end of an open pipe. One thread at a time reads or writes; any thread may call {@link
 * #close}, which ends pending operations.
 */
public final class PipeEnd implements AutoCloseable {

  /** Returns the handle to its owner. */
  interface Release {
    void release();
  }

  // winerror.h, winbase.h
  private static final int ERROR_BROKEN_PIPE = 109;
  private static final int ERROR_NO_DATA = 232;
  private static final int ERROR_PIPE_NOT_CONNECTED = 233;
  private static final int ERROR_OPERATION_ABORTED = 995;
  private static final int ERROR_IO_PENDING = 997;
  private static final int WAIT_OBJECT_0 = 0;

  private static final int BUFFER = 8 << 10;

  /** The maximum time that a close waits for an operation that began at the same moment. */
  private static final int SLICE_MILLIS = 250;

  private final Pointer handle;
  private final String own;
  private final Duration linger;
  private final Release release;
  private final ReentrantLock lock = new ReentrantLock();
  private final Memory buffer = new Memory(BUFFER);
  private final Overlapped overlapped;
  private volatile boolean closed;
  private boolean released;

  /**
   * Takes over the handle.
   *
   * @param own the account of this process
   * @param linger how long a close waits for the other side to read and close
   */
  PipeEnd(Pointer handle, String own, Duration linger, Release release) throws PipeException {
    this.linger = linger;
    this.handle = handle;
    this.own = own;
    this.release = release;
    this.overlapped = new Overlapped();
  }

  /**
   * Reads available bytes, or waits for some.
   *
   * @param atMost how long to wait; zero checks once
   * @return the number of bytes read, 0 on timeout, -1 at the end
   */
  public int read(ByteBuffer into, Duration atMost) throws IOException {
    lock.lock();
    try {
      requireOpen();
      int room = Math.min(BUFFER, into.remaining());
      overlapped.reset();
      boolean done = Kernel32.INSTANCE.ReadFile(handle, buffer, room, null, overlapped.memory());
      int error = done ? 0 : Native.getLastError();
      int count = finish(done, error, "ReadFile", atMost);
      requireOpen();
      if (count > 0) {
        into.put(buffer.getByteBuffer(0, count));
      }
      return count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes everything.
   *
   * @throws IOException also if the other side did not read it in that time
   */
  public void write(ByteBuffer from, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    lock.lock();
    try {
      while (from.hasRemaining()) {
        requireOpen();
        int some = Math.min(BUFFER, from.remaining());
        ByteBuffer copied = from.slice(from.position(), some);
        buffer.getByteBuffer(0, some).put(copied);
        overlapped.reset();
        boolean done = Kernel32.INSTANCE.WriteFile(handle, buffer, some, null, overlapped.memory());
        int error = done ? 0 : Native.getLastError();
        int count = finish(done, error, "WriteFile", Duration.ofNanos(end - System.nanoTime()));
        requireOpen();
        if (count <= 0) {
          throw new PipeException("the other side does not read");
        }
        from.position(from.position() + count);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for an operation; cancels it on timeout. */
  private int finish(boolean done, int error, String call, Duration atMost) throws PipeException {
    if (!done && error != ERROR_IO_PENDING) {
      return ended(error, call);
    }
    long end = System.nanoTime() + atMost.toNanos();
    boolean began = closed;
    while (!overlapped.await(slice(end))) {
      if (closed != began || System.nanoTime() - end >= 0) {
        Kernel32.INSTANCE.CancelIoEx(handle, overlapped.memory());
        break;
      }
    }
    IntByReference count = new IntByReference();
    // Await a cancelled operation, too: until it ends Windows may write to the buffer.
    if (Kernel32.INSTANCE.GetOverlappedResult(handle, overlapped.memory(), count, true)) {
      return count.getValue();
    }
    int failed = Native.getLastError();
    if (failed == ERROR_OPERATION_ABORTED) {
      return 0;
    }
    return ended(failed, call);
  }

  private static int slice(long end) {
    long left = (end - System.nanoTime() + 999_999) / 1_000_000;
    return (int) Math.max(0, Math.min(SLICE_MILLIS, left));
  }

  private static int ended(int error, String call) throws PipeException {
    if (error == ERROR_BROKEN_PIPE || error == ERROR_NO_DATA || error == ERROR_PIPE_NOT_CONNECTED) {
      return -1;
    }
    throw new PipeException(call, error);
  }

  private void requireOpen() throws PipeException {
    if (closed) {
      throw new PipeException("the pipe is closed");
    }
  }

  /**
   * Identifies the client of the pipe; for the server's end.
   *
   * @return empty until something was read from the pipe
   */
  public Optional<PipePeer> peer() throws IOException {
    lock.lock();
    try {
      requireOpen();
      return PipeIdentity.ofClient(handle, own);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      if (!released) {
        released = true;
        linger();
        release.release();
        overlapped.close();
        buffer.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Unread data is lost once the server disconnects. */
  private void linger() {
    long end = System.nanoTime() + linger.toNanos();
    boolean more = !linger.isZero();
    try {
      while (more && System.nanoTime() - end < 0) {
        overlapped.reset();
        boolean done =
            Kernel32.INSTANCE.ReadFile(handle, buffer, BUFFER, null, overlapped.memory());
        int error = done ? 0 : Native.getLastError();
        more = finish(done, error, "ReadFile", Duration.ofNanos(end - System.nanoTime())) > 0;
      }
    } catch (PipeException e) {
      return; // the client is gone
    }
  }

  /** {@code OVERLAPPED} of 64 bits with its event. */
  static final class Overlapped implements AutoCloseable {
    private static final int BYTES = 32;
    private static final int EVENT_AT = 24;

    private final Memory memory = new Memory(BYTES);
    private final Pointer event;

    Overlapped() throws PipeException {
      Pointer made = Kernel32.INSTANCE.CreateEventW(null, true, false, null);
      if (made == null) {
        throw new PipeException("CreateEvent", Native.getLastError());
      }
      event = made;
      reset();
    }

    void reset() {
      Kernel32.INSTANCE.ResetEvent(event);
      memory.clear();
      memory.setPointer(EVENT_AT, event);
    }

    Pointer memory() {
      return memory;
    }

    Pointer event() {
      return event;
    }

    boolean await(int millis) {
      return Kernel32.INSTANCE.WaitForSingleObject(event, millis) == WAIT_OBJECT_0;
    }

    @Override
    public void close() {
      Kernel32.INSTANCE.CloseHandle(event);
      memory.close();
    }
  }
}
