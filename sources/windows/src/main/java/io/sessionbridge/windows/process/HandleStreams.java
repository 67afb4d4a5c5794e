package io.sessionbridge.windows.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.sessionbridge.windows.process.ProcessLibraries.Kernel32;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Streams on the ends of pipes. A read or a write blocks until the other side acts or is gone, as
 * it is when the program ends. Each is used and closed by a single thread.
 */
final class HandleStreams {

  private static final int BUFFER = 8 << 10;

  // winerror.h
  private static final int ERROR_BROKEN_PIPE = 109;

  private HandleStreams() {}

  /** Reads the program's output. */
  static final class Input extends InputStream {
    private final Pointer handle;
    private final Memory buffer = new Memory(BUFFER);
    private boolean closed;

    Input(Pointer handle) {
      this.handle = handle;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      IntByReference count = new IntByReference();
      do {
        requireOpen(closed);
        int some = Math.min(BUFFER, length);
        if (!Kernel32.INSTANCE.ReadFile(handle, buffer, some, count, null)) {
          int error = Native.getLastError();
          if (error == ERROR_BROKEN_PIPE) {
            return -1;
          }
          throw new ProcessException("ReadFile", error);
        }
      } while (count.getValue() == 0); // a write of zero bytes
      buffer.read(0, into, offset, count.getValue());
      return count.getValue();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        Kernel32.INSTANCE.CloseHandle(handle);
        buffer.close();
      }
    }
  }

  /** Writes the program's input. */
  static final class Output extends OutputStream {
    private final Pointer handle;
    private final Memory buffer = new Memory(BUFFER);
    private boolean closed;

    Output(Pointer handle) {
      this.handle = handle;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, from.length);
      IntByReference count = new IntByReference();
      for (int done = 0; done < length; done += count.getValue()) {
        requireOpen(closed);
        int some = Math.min(BUFFER, length - done);
        buffer.write(0, from, offset + done, some);
        if (!Kernel32.INSTANCE.WriteFile(handle, buffer, some, count, null)) {
          throw new ProcessException("WriteFile", Native.getLastError());
        }
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        Kernel32.INSTANCE.CloseHandle(handle);
        buffer.close();
      }
    }
  }

  private static void requireOpen(boolean closed) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }
}
