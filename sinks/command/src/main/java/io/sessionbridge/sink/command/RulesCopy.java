package io.sessionbridge.sink.command;

import io.sessionbridge.storage.FileMode;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

/** The rules that were good last, on the disk of this machine. One thread. */
final class RulesCopy {

  private final Path folder;
  private final Path file;
  private final Path part;
  private byte @Nullable [] kept;

  RulesCopy(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("rules.yaml");
    this.part = folder.resolve("rules.yaml.new");
  }

  Path file() {
    return file;
  }

  /** Empty if there is none. */
  Optional<byte[]> read() throws IOException {
    try {
      byte[] bytes = WholeFile.read(file, RulesText.LARGEST);
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
    Files.deleteIfExists(part); // of an agent that was killed meanwhile
    try (FileChannel out =
        FileChannel.open(
            part,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileMode.PRIVATE.attributes(part))) {
      ByteBuffer all = ByteBuffer.wrap(bytes);
      while (all.hasRemaining()) {
        out.write(all);
      }
      out.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    new FileStorage().forceFolder(folder);
    kept = bytes.clone();
  }
}
