package io.sessionbridge.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CommandPrefixTest {

  /** Linux has a niceness per thread, and a command inherits that of the thread that starts it. */
  @Test
  void readsTheNicenessOfTheThread() throws Exception {
    CompletableFuture<Integer> found = new CompletableFuture<>();
    Thread thread = new Thread(() -> found.completeAsync(this::afterRenice, Runnable::run));
    thread.start();
    assertThat(found.get(30, TimeUnit.SECONDS)).isEqualTo(19);
  }

  private int afterRenice() {
    try {
      Path id = Path.of("/proc/thread-self").toRealPath().getFileName();
      String[] renice = {"renice", "-n", "19", "-p", id.toString()};
      assertThat(new ProcessBuilder(renice).start().waitFor()).isZero();
      return CommandPrefix.ownNiceness();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
