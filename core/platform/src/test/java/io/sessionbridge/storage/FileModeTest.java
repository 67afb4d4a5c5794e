package io.sessionbridge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileModeTest {

  @TempDir Path folder;

  @BeforeEach
  void needsPosixPermissions() {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0600", "0640", "0660", "0644", "0664", "600"})
  void readsAndWritesOctalText(String text) {
    assertThat(FileMode.parse(text).orElseThrow()).hasToString(text.length() == 3 ? "0600" : text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0400", "0700", "0602", "0666", "0777", "rw-------", "00600", "0608"})
  void refusesWhatIsNoModeOfADataFile(String text) {
    assertThat(FileMode.parse(text)).isEmpty();
  }

  @Test
  void createsPrivateFilesAndFoldersByDefault() throws IOException {
    Path below = folder.resolve("a").resolve("b");
    FileStorage storage = new FileStorage();
    storage.createFolders(below);
    storage.create(below.resolve("events")).close();
    assertThat(mode(folder.resolve("a"))).isEqualTo("rwx------");
    assertThat(mode(below)).isEqualTo("rwx------");
    assertThat(mode(below.resolve("events"))).isEqualTo("rw-------");
  }

  @Test
  void createsFilesForAGroupInFoldersThatItMayEnter() throws IOException {
    FileStorage storage = new FileStorage(FileMode.parse("0660").orElseThrow());
    Path logs = folder.resolve("logs");
    storage.createFolders(logs);
    storage.create(logs.resolve("events")).close();
    assertThat(mode(logs)).startsWith("rwxr");
    assertThat(mode(logs.resolve("events"))).isEqualTo("rw-rw----");
  }

  @Test
  void takesAwayPermissionsAndGivesNone() throws IOException {
    Path file = Files.createFile(folder.resolve("lock"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--rw-r--"));
    assertThat(FileMode.PRIVATE.tighten(file)).contains("r--rw-r--");
    assertThat(mode(file)).isEqualTo("r--------");
    assertThat(FileMode.PRIVATE.tighten(file)).isEmpty();
  }

  @Test
  void leavesTheTargetOfALinkAlone() throws IOException {
    Path target = Files.createFile(folder.resolve("target"));
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThat(FileMode.PRIVATE.tighten(link)).isEmpty();
    assertThat(mode(target)).isEqualTo("rw-r--r--");
  }
}
