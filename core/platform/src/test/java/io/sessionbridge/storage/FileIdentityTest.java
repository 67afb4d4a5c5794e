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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
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

  /** What Windows or Wine shows of the path. */
  private record Shown(FileTime creationTime, long size) implements BasicFileAttributes {

    static Shown created(long millis, long size) {
      return new Shown(FileTime.fromMillis(millis), size);
    }

    @Override
    public FileTime lastModifiedTime() {
      return creationTime;
    }

    @Override
    public FileTime lastAccessTime() {
      return creationTime;
    }

    @Override
    public boolean isRegularFile() {
      return true;
    }

    @Override
    public boolean isDirectory() {
      return false;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public @Nullable Object fileKey() {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysTheSameWhileItGrows(boolean hasKey) throws Exception {
    FileIdentity identity = identity(hasKey);
    for (int i = 0; i < 3; i++) {
      assertThat(identity.isInPlace()).isTrue();
      append();
    }
    assertThat(identity.isInPlace()).isTrue();
  }

  /** As under Wine, with each write. */
  @Test
  void staysTheSameIfItsCreationTimeChanges() throws Exception {
    FileIdentity identity = identity(false);
    for (int i = 0; i < 3; i++) {
      append();
      assertThat(identity.isThis(Shown.created(i, channel.size()))).isTrue();
    }
  }

  /** As on Windows within 15 s. */
  @Test
  void distinguishesAFileThatInheritsItsCreationTime() throws Exception {
    FileIdentity identity = identity(false);
    append();
    assertThat(identity.isThis(Shown.created(1, channel.size()))).isTrue();
    Files.move(path, away);
    Files.createFile(path);
    assertThat(identity.isThis(Shown.created(1, 0))).isFalse();
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
    Files.move(path, away);
    Files.createFile(path);
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
