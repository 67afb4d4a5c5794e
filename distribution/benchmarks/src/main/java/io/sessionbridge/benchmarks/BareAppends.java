package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The least that makes groups of events durable: one thread, one file whose room was written and
 * forced before, one write and one force for each group, at the end again from the beginning. No
 * checksums, no readers, no second file.
 */
final class BareAppends {

  /** A segment's size. More would make the disk busy with the preparation when the clock starts. */
  private static final int FILE_BYTES = 4 << 20;

  /** A record's header in the journal, so that both write as many bytes. */
  private static final int HEADER_BYTES = 48;

  private BareAppends() {}

  /**
   * Writes and forces for a time.
   *
   * @param group events for each force
   * @return events a second
   */
  static double run(Path folder, int group, byte[] payload, double seconds) throws IOException {
    Path path = folder.resolve("bare");
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(group * ((HEADER_BYTES + payload.length + 7) & ~7));
      prepare(file);
      long began = System.nanoTime();
      long end = began + (long) (seconds * 1e9);
      long events = 0;
      long at = 0;
      while (System.nanoTime() - end < 0) {
        at = at + bytes.capacity() > FILE_BYTES ? 0 : at;
        writeFully(file, bytes.clear(), at);
        file.force(false);
        at += bytes.capacity();
        events += group;
      }
      return events * 1e9 / (System.nanoTime() - began);
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private static void prepare(FileChannel file) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (int at = 0; at < FILE_BYTES; at += zeros.capacity()) {
      writeFully(file, zeros.clear(), at);
    }
    file.force(true);
  }

  private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long place = at;
    while (bytes.hasRemaining()) {
      place += file.write(bytes, place);
    }
  }
}
