package io.sessionbridge.source.replay;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that is replayed. One thread. */
final class ReplayFile implements ReplayInput {

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFile.class);

  private final Path path;
  private FileChannel channel;
  private @Nullable Object key;
  private LineReader reader;

  private ReplayFile(Path path, FileChannel channel, ReplayPosition position) throws IOException {
    this.path = path;
    this.channel = channel;
    this.key = key(path);
    this.reader = reader(channel, position.offset(), position.line());
  }

  /** Opens the file behind the last line that is durable, if it is still the same file. */
  static ReplayFile open(Path path, Optional<byte[]> resume) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ReplayFile(path, channel, positionIn(path, channel, resume));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static ReplayPosition positionIn(Path path, FileChannel channel, Optional<byte[]> resume)
      throws IOException {
    Optional<ReplayPosition> position = resume.flatMap(ReplayPosition::decode);
    if (position.isEmpty()) {
      return ReplayPosition.BEGINNING;
    }
    if (!position.get().fits(channel)) {
      LOG.warn("{} is not the file that was read before: starting at its beginning", path);
      return ReplayPosition.BEGINNING;
    }
    LOG.info("{} goes on behind line {}", path, position.get().line());
    return position.get();
  }

  private static LineReader reader(FileChannel channel, long offset, long line) throws IOException {
    channel.position(offset);
    return new LineReader(Channels.newInputStream(channel), offset, line);
  }

  /** What tells two files of one name apart; null where the system has no such thing (Windows). */
  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public @Nullable Line read() throws IOException {
    return reader.read();
  }

  @Override
  public @Nullable Line readRest() throws IOException {
    boolean wasCut = channel.size() < reader.offset();
    return wasCut ? null : reader.readRest();
  }

  @Override
  public boolean hasMoreAtHand() throws IOException {
    return reader.hasMoreAtHand();
  }

  @Override
  public byte[] positionAfter(Line line) throws IOException {
    return ReplayPosition.after(line, channel).encode();
  }

  @Override
  public boolean isReplaced() throws IOException {
    if (!Files.exists(path)) {
      return false; // between an old file and a new one
    }
    return Files.size(path) < reader.offset() || !Objects.equals(key(path), key);
  }

  @Override
  public void startOver() throws IOException {
    FileChannel next;
    try {
      next = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return; // gone again; the next look will tell
    }
    LOG.warn("{} was replaced or cut: starting at its beginning", path);
    channel.close();
    channel = next;
    key = key(path);
    reader = reader(next, 0, 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
