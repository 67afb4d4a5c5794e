package io.sessionbridge.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Messages, one a line. What was added survives the end of the process, not that of the machine.
 * Any thread.
 */
final class MessageFile {

  private final FileChannel channel;

  private MessageFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Continues the file, without a last line that was not written to its end. */
  static MessageFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long end = endOfLines(channel);
    channel.truncate(end);
    channel.position(end);
    return new MessageFile(channel);
  }

  private static long endOfLines(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    for (long end = channel.size(); end > 0; end--) {
      last.clear();
      channel.read(last, end - 1);
      if (last.get(0) == '\n') {
        return end;
      }
    }
    return 0;
  }

  /** A line feed in the message becomes {@code #012}, as in rsyslog. */
  synchronized void add(String message) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((message.replace("\n", "#012") + "\n").getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }
}
