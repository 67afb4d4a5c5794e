package io.sessionbridge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileStorageTest {

  private static final int LARGE = 16 << 20;

  @TempDir Path folder;

  /** What Java holds outside the heap has the heap's size as its limit, and a thread keeps it. */
  @Test
  void aLargeWriteIsNotHeldOnceMoreOutsideTheHeap() throws Exception {
    byte[] bytes = new byte[LARGE];
    new Random(7).nextBytes(bytes);
    Path path = folder.resolve("large");
    CompletableFuture<Long> kept = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              try (StorageFile file = new FileStorage().create(path)) {
                long before = outsideTheHeap();
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LARGE - 3);
                file.write(buffer, 5);
                assertThat(buffer.hasRemaining()).isFalse();
                kept.complete(outsideTheHeap() - before);
              } catch (Exception | AssertionError e) {
                kept.completeExceptionally(e);
              }
            });
    writer.start();
    assertThat(kept.get()).isLessThan(1 << 20);
    byte[] expected = new byte[LARGE + 2];
    System.arraycopy(bytes, 1, expected, 5, LARGE - 3);
    assertThat(Files.readAllBytes(path)).isEqualTo(expected);
  }

  /** A device that is always full; the system's own words name no file. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheFileThatCannotBeWritten() throws Exception {
    Path full = Path.of("/dev/full");
    try (StorageFile file = new FileStorage().open(full)) {
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(9), 0))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("/dev/full: No space left on device");
      IOException cause = new IOException("/dev/full: No space left on device");
      assertThat(FileReason.of(cause, full)).isEqualTo("No space left on device");
      assertThat(FileReason.of(cause, folder)).isEqualTo(cause.getMessage());
    }
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void knowsTheSpaceWhereNoMountPointIsFound() throws IOException {
    IOException why = new IOException("Mount point not found");

    assertThat(FileStorage.withoutMounts(folder, why)).isPositive();
    assertThatThrownBy(() -> FileStorage.withoutMounts(folder.resolve("gone"), why)).isSameAs(why);
  }
}
