package io.sessionbridge.sink.command.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the input of a program and keeps the end of its output. The thread that reads ends when
 * the last process closes the pipe.
 */
public final class Streams {

  private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

  /** How many bytes of the output are kept. */
  static final int KEPT = 4096;

  /** What a pipe accepts without a reader, on both systems. */
  private static final int FITS = 32 << 10;

  private final byte[] kept = new byte[KEPT];
  private final Thread reader;
  private long total;

  private Streams(Thread reader) {
    this.reader = reader;
  }

  /** Starts to read and to write. */
  public static Streams start(InputStream output, OutputStream input, byte[] bytes) {
    Streams[] made = new Streams[1];
    Thread reader = new Thread(() -> made[0].read(output), "command-output");
    made[0] = new Streams(reader);
    reader.setDaemon(true);
    reader.start();
    if (bytes.length <= FITS) {
      write(input, bytes);
    } else {
      Thread writer = new Thread(() -> write(input, bytes), "command-input");
      writer.setDaemon(true);
      writer.start();
    }
    return made[0];
  }

  private static void write(OutputStream input, byte[] bytes) {
    try (input) {
      input.write(bytes);
    } catch (IOException e) {
      LOG.debug("a command does not read its input", e); // which is allowed
    }
  }

  private void read(InputStream output) {
    byte[] buffer = new byte[KEPT];
    try (output) {
      for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
        keep(buffer, count);
      }
    } catch (IOException e) {
      LOG.debug("the output of a command has ended", e);
    }
  }

  private synchronized void keep(byte[] buffer, int count) {
    for (int i = 0; i < count; i++) {
      kept[(int) (total++ % KEPT)] = buffer[i];
    }
  }

  /** The end of the output that was read so far. */
  public synchronized String text() {
    int length = (int) Math.min(total, KEPT);
    byte[] last = new byte[length];
    for (int i = 0; i < length; i++) {
      last[i] = kept[(int) ((total - length + i) % KEPT)];
    }
    return new String(last, UTF_8).strip();
  }

  /** Waits until all output was read: a program may write just before it ends. */
  public void awaitEnd(Duration atMost) throws InterruptedException {
    reader.join(Math.max(1, atMost.toMillis()));
  }
}
