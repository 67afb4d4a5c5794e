package io.sessionbridge.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failures of the disk. */
class ModelStorageTest {

  private static final Path FILE = Path.of("data", "file");

  private final ModelStorage disk = new ModelStorage();

  private void fails(String operation) {
    assertThatThrownBy(() -> disk.delete(FILE))
        .isInstanceOf(IOException.class)
        .hasMessage("delete " + FILE + ": " + operation);
  }

  @Test
  void failsForTheRequestedOperations() throws Exception {
    disk.failAt(1, 2, "not now");
    disk.put(FILE, new byte[1]);
    StorageFile file = disk.open(FILE);
    file.force();
    fails("not now");
    fails("not now");
    disk.delete(FILE);
    assertThat(disk.exists(FILE)).isFalse();
  }

  @Test
  void failsPermanently() throws Exception {
    disk.put(FILE, new byte[4]);
    StorageFile file = disk.open(FILE);
    file.force();
    disk.failAt(0, Long.MAX_VALUE, "broken");
    fails("broken");
    fails("broken");
    assertThatThrownBy(() -> file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0))
        .hasMessage("write " + FILE + ": broken");
    assertThat(disk.bytes(FILE)).as("half a write").containsExactly(1, 2, 0, 0);
  }

  @Test
  void readsUpToABadSector() throws Exception {
    disk.put(FILE, new byte[] {1, 2, 3, 4});
    disk.unreadable(FILE, 2, 3, 2);
    ByteBuffer all = ByteBuffer.allocate(4);
    StorageFile file = disk.openReadOnly(FILE);
    assertThatThrownBy(() -> file.read(all, 0)).hasMessage("Input/output error");
    assertThat(all.flip().remaining()).as("bytes before it").isEqualTo(2);
    assertThat(file.read(ByteBuffer.allocate(1), 3)).isEqualTo(1);
    assertThat(file.read(ByteBuffer.allocate(2), 0)).isEqualTo(2);
    assertThatThrownBy(() -> file.read(ByteBuffer.allocate(1), 2)).isInstanceOf(IOException.class);
    assertThat(file.read(ByteBuffer.allocate(1), 2)).as("after two failures").isEqualTo(1);
    disk.unreadable(FILE, 0, 4, Long.MAX_VALUE);
    disk.kill();
    StorageFile again = disk.openReadOnly(FILE);
    assertThatThrownBy(() -> again.read(ByteBuffer.allocate(1), 0))
        .hasMessage("Input/output error");
    assertThat(disk.bytes(FILE)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void protectsFilesOfAnotherProgram() throws Exception {
    disk.put(FILE, new byte[1]);
    disk.hold(FILE);
    assertThatThrownBy(() -> disk.delete(FILE))
        .hasMessage(
            FILE
                + ": The process cannot access the file because it is being used by"
                + " another process");
    assertThatThrownBy(() -> disk.rename(FILE, FILE.resolveSibling("other")))
        .isInstanceOf(FileSystemException.class);
    disk.openReadOnly(FILE).close();
    disk.lock(FILE);
    assertThatThrownBy(() -> disk.openReadOnly(FILE)).isInstanceOf(FileSystemException.class);
    disk.release(FILE);
    disk.openReadOnly(FILE).close();
    disk.delete(FILE);
    assertThat(disk.exists(FILE)).isFalse();
  }

  @Test
  void takesTimeForEachChange() throws Exception {
    disk.put(FILE, new byte[1]);
    List<Duration> passed = new ArrayList<>();
    disk.slow(Duration.ofSeconds(3), passed::add);
    StorageFile file = disk.open(FILE);
    file.read(ByteBuffer.allocate(1), 0);
    file.force();
    disk.delete(FILE);
    assertThat(passed).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
  }
}
