package io.sessionbridge.sink.command.rules;

import io.sessionbridge.sink.command.config.RulesShare;
import io.sessionbridge.storage.FileMode;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last valid rules, on the local disk. Its header has the name of the rules file and whether
 * its share was trusted. A copy of another file, or of one that is no longer trusted, is not used.
 * One thread.
 */
final class RulesCopy {

  private static final Logger LOG = LoggerFactory.getLogger(RulesCopy.class);

  private final byte[] header;
  private final Path folder;
  private final Path file;
  private final Path part;
  private byte @Nullable [] kept;

  /**
   * Reads and writes nothing yet.
   *
   * @param folder of the copy
   * @param of the rules file
   * @param share whether its share is trusted
   */
  RulesCopy(Path folder, Path of, RulesShare share) {
    this.folder = folder;
    this.header =
        ("# rules_file: " + of + "\n# rules_share: " + share + "\n")
            .getBytes(StandardCharsets.UTF_8);
    this.file = folder.resolve("rules.yaml");
    this.part = folder.resolve("rules.yaml.new");
  }

  Path file() {
    return file;
  }

  /** The copy; empty if there is none of this file. */
  Optional<byte[]> read() throws IOException {
    try {
      byte[] all = WholeFile.read(file, header.length + RulesText.MAX_BYTES);
      if (all.length < header.length
          || !Arrays.equals(header, 0, header.length, all, 0, header.length)) {
        LOG.info("{} belongs to another rules_file or rules_share and is not used", file);
        return Optional.empty();
      }
      byte[] bytes = Arrays.copyOfRange(all, header.length, all.length);
      kept = bytes;
      return Optional.of(bytes.clone());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** When it was written. */
  Instant writtenAt() throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  /** Writes it if it differs; durable when this returns. */
  void keep(byte[] bytes) throws IOException {
    if (Arrays.equals(bytes, kept)) {
      return;
    }
    Files.deleteIfExists(part); // left by an agent that was killed
    try (FileChannel out =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileMode.PRIVATE.attributes(part))) {
      for (ByteBuffer next : new ByteBuffer[] {ByteBuffer.wrap(header), ByteBuffer.wrap(bytes)}) {
        while (next.hasRemaining()) {
          out.write(next);
        }
      }
      out.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    new FileStorage().forceFolder(folder);
    kept = bytes.clone();
  }
}
