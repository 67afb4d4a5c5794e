package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sinks that ignore their interrupt share one deadline when the agent stops. */
@Timeout(60)
class StubbornSinksTest {

  private static final List<String> IDS = List.of("a", "b", "c", "d");

  @TempDir Path folder;
  private final CountDownLatch blocked = new CountDownLatch(IDS.size());
  private final CountDownLatch released = new CountDownLatch(1);

  @Test
  void theTimeToStopDoesNotGrowWithTheirNumber() throws Exception {
    try (TestingBridge agent =
        new TestingBridge(
                folder, new ModelStorage(), JournalConfig.defaults(), IDS.toArray(String[]::new))
            .withShutdown(Duration.ofMillis(200))) {
      for (String id : IDS) {
        agent
            .sink(id)
            .rejectIf(
                event -> {
                  blocked.countDown();
                  awaitRelease();
                  return false;
                },
                "never");
      }
      agent.start();
      agent.report(1, 1);
      blocked.await();
      long begin = System.nanoTime();
      agent.stop();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      released.countDown();
      assertThat(took).isLessThan(Duration.ofSeconds(8)); // 0.2 s, then 2 s for all of them
    }
  }

  private void awaitRelease() {
    boolean waiting = true;
    while (waiting) {
      try {
        released.await();
        waiting = false;
      } catch (InterruptedException e) {
        // ignores it, as a native call does
      }
    }
  }
}
