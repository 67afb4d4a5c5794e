package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

  @TempDir Path temp;
  private Path data;

  @BeforeEach
  void needsPosixPermissions() {
    assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"));
    data = temp.resolve("data");
  }

  private TestingBridge agent() {
    return new TestingBridge(
        data, new FileStorage(), TestingBridge.journal(64 << 20, 1 << 20), "a");
  }

  private void runAnAgent() throws Exception {
    try (TestingBridge agent = agent()) {
      agent.start();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      return all.sorted().toList();
    }
  }

  /** Paths with permissions for users other than the owner. */
  private List<String> shared() throws IOException {
    List<String> shared = new ArrayList<>();
    for (Path file : files()) {
      String mode = mode(file);
      if (!mode.endsWith("------")) {
        shared.add(mode + " " + data.relativize(file));
      }
    }
    return shared;
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void set(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private void widenAll() throws IOException {
    for (Path file : files()) {
      set(file, Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--");
    }
  }

  @Test
  void isPrivateFromTheFirstStart() throws Exception {
    runAnAgent();
    assertThat(files()).hasSizeGreaterThan(6);
    assertThat(shared()).isEmpty();
  }

  /** Otherwise a Windows service refuses to take over a folder that an agent used. */
  @Test
  void eachFolderInItIsInTheLayout() throws Exception {
    try (TestingBridge agent = agent()) {
      agent.withControl(Duration.ofMinutes(5)).start();
    }
    try (Stream<Path> entries = Files.list(data)) {
      assertThat(entries.filter(Files::isDirectory).map(entry -> entry.getFileName().toString()))
          .hasSizeGreaterThan(3)
          .isSubsetOf(DataLayout.folders());
    }
  }

  @Test
  void becomesPrivateIfAnEarlierVersionCreatedIt() throws Exception {
    runAnAgent();
    widenAll();
    runAnAgent();
    assertThat(shared()).isEmpty();
  }

  @Test
  void keepsPermissionsOfOtherFiles() throws Exception {
    runAnAgent();
    Path other = Files.createDirectory(data.resolve("photos"));
    widenAll();
    runAnAgent();
    assertThat(mode(data)).isEqualTo("rwxr-xr-x");
    assertThat(mode(other)).isEqualTo("rwxr-xr-x");
    assertThat(mode(data.resolve("journal"))).isEqualTo("rwx------");
    assertThat(shared()).hasSize(2);
  }

  @Test
  void keepsPermissionsOfAFolderThatNoAgentUsed() throws Exception {
    Files.createDirectories(data.resolve("sources"));
    widenAll();
    DataFolder.makePrivate(data);
    assertThat(shared()).hasSize(2);
  }
}
