package io.sessionbridge.storage;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileIdentityTest {

  private static final ByteBuffer LINE = StandardCharsets.UTF_8.encode("one line\n");

  @TempDir Path folder;
  private Path path = Path.of(".");
  private Path away = Path.of(".");
  private FileChannel channel;

  @BeforeEach
  void open() throws IOException {
    path = folder.resolve("events");
    away = folder.resolve("away");
    channel = FileChannel.open(path, CREATE_NEW, READ, WRITE);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
  }

  /** With the key of this system, or as on Windows, where there is none. */
  private FileIdentity identity(boolean hasKey) throws IOException {
    return new FileIdentity(path, channel, hasKey ? FileIdentity.key(path) : null);
  }

  private void append() throws IOException {
    channel.write(LINE.duplicate());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysTheSameWhileItGrows(boolean hasKey) throws Exception {
    FileIdentity identity = identity(hasKey);
    for (int i = 0; i < 3; i++) {
      assertThat(identity.isInPlace()).isTrue();
      append();
      // Wine takes the creation time from the last write
      Files.getFileAttributeView(path, BasicFileAttributeView.class)
          .setTimes(FileTime.fromMillis(i), null, FileTime.fromMillis(i));
    }
    assertThat(identity.isInPlace()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isNotInPlaceAfterItWasMoved(boolean hasKey) throws Exception {
    FileIdentity identity = identity(hasKey);
    append();
    assertThat(identity.isInPlace()).isTrue();
    Files.move(path, away);
    assertThat(identity.isInPlace()).isFalse();
    Files.move(away, path);
    assertThat(identity.isInPlace()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void distinguishesAFileOfTheSameName(boolean hasKey) throws Exception {
    FileIdentity identity = identity(hasKey);
    append();
    assertThat(identity.isInPlace()).isTrue();
    FileTime created = (FileTime) Files.getAttribute(path, "creationTime");
    Files.move(path, away);
    Files.createFile(path);
    // which Windows does by itself
    Files.setAttribute(path, "creationTime", created);
    assertThat(identity.isInPlace()).isFalse();
  }

  /** One that looks the same is noticed after one write. */
  @Test
  void distinguishesACopyAfterAWrite() throws Exception {
    FileIdentity identity = identity(false);
    append();
    assertThat(identity.isInPlace()).isTrue();
    Files.move(path, away);
    Files.copy(away, path);
    append();
    assertThat(identity.isInPlace()).isFalse();
  }

  @Test
  void leavesNoLock() throws Exception {
    assertThat(identity(false).isInPlace()).isTrue();
    assertThat(channel.tryLock()).isNotNull();
  }

  @Test
  void storageNoticesThatAFileWasReplaced() throws Exception {
    FileStorage storage = new FileStorage();
    Path file = folder.resolve("stored");
    try (StorageFile first = storage.create(file);
        StorageFile reader = storage.openReadOnly(file)) {
      assertThat(first.isInPlace()).isTrue();
      assertThat(reader.isInPlace()).isTrue();
      Files.move(file, away);
      assertThat(first.isInPlace()).isFalse();
      try (StorageFile second = storage.create(file)) {
        assertThat(second.isInPlace()).isTrue();
        assertThat(first.isInPlace()).isFalse();
        assertThat(reader.isInPlace()).isFalse();
      }
    }
  }
}
