package io.sessionbridge.source.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that is replayed, or a stream in its place. One thread. */
final class ReplayFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFile.class);

  private final @Nullable Path path;
  private @Nullable FileChannel channel;
  private LineReader reader;

  private ReplayFile(@Nullable Path path, @Nullable FileChannel channel, LineReader reader) {
    this.path = path;
    this.channel = channel;
    this.reader = reader;
  }

  /** A stream that cannot be continued after a restart. */
  static ReplayFile ofStream(InputStream in) {
    return new ReplayFile(null, null, new LineReader(in, 0, 0));
  }

  /** Opens the file behind the last line that is durable, if it is still the same file. */
  static ReplayFile open(Path path, Optional<byte[]> resume) throws IOException {
    Optional<ReplayPosition> position = resume.flatMap(ReplayPosition::decode);
    if (position.isPresent() && !position.get().fits(path)) {
      LOG.warn("{} is not the file that was read before: starting at its beginning", path);
      position = Optional.empty();
    }
    long offset = position.map(ReplayPosition::offset).orElse(0L);
    long line = position.map(ReplayPosition::line).orElse(0L);
    if (offset > 0) {
      LOG.info("{} goes on behind line {}", path, line);
    }
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new ReplayFile(path, channel, reader(channel, offset, line));
  }

  private static LineReader reader(FileChannel channel, long offset, long line) throws IOException {
    channel.position(offset);
    return new LineReader(Channels.newInputStream(channel), offset, line);
  }

  /**
   * The next line; null if there is none now.
   *
   * @param follow whether a last line without a line end may still grow
   */
  @Nullable Line read(boolean follow) throws IOException {
    Line line = reader.read();
    return line == null && !follow ? reader.readRest() : line;
  }

  boolean hasMoreAtHand() throws IOException {
    return reader.hasMoreAtHand();
  }

  /** What to remember once the line is durable; null for a stream. */
  byte @Nullable [] positionAfter(Line line) throws IOException {
    FileChannel open = channel;
    return open == null
        ? null
        : new ReplayPosition(
                line.end(), line.number(), ReplayPosition.fingerprint(open, line.end()))
            .encode();
  }

  /** Goes back to the beginning if the file became shorter than what was read of it. */
  void startOverIfReplaced() throws IOException {
    Path file = path;
    FileChannel open = channel;
    if (file == null || open == null) {
      return;
    }
    FileChannel now = FileChannel.open(file, StandardOpenOption.READ);
    if (now.size() >= reader.offset()) {
      now.close();
      return;
    }
    LOG.warn("{} became shorter: starting at its beginning", file);
    open.close();
    channel = now;
    reader = reader(now, 0, 0);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
