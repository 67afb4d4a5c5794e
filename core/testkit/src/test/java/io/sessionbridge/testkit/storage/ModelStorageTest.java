package io.sessionbridge.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The disk's own failures. */
class ModelStorageTest {

  private static final Path FILE = Path.of("data", "file");

  private final ModelStorage disk = new ModelStorage();

  private void fails(String operation) {
    assertThatThrownBy(() -> disk.delete(FILE))
        .isInstanceOf(IOException.class)
        .hasMessage("delete " + FILE + ": " + operation);
  }

  @Test
  void failsForTheOperationsThatItWasToldTo() throws Exception {
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
  void failsForEver() throws Exception {
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
}
