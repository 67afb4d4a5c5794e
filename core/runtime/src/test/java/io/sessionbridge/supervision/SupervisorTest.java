package io.sessionbridge.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.supervision.Supervisor.Need;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reaction to the end of a thread. */
@Timeout(30)
class SupervisorTest {

  private final Supervisor supervisor = new Supervisor();
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void listen() {
    supervisor.onEssentialEnd(calls::incrementAndGet);
  }

  private void run(Need need, boolean stopping, Work work) throws InterruptedException {
    Thread thread = supervisor.thread("t", "part", need, () -> stopping, work);
    thread.start();
    thread.join();
  }

  @Test
  void anEndOnRequestIsIgnored() throws Exception {
    run(Need.ESSENTIAL, true, () -> {});
    run(
        Need.ESSENTIAL,
        true,
        () -> {
          throw new InterruptedException();
        });
    assertThat(supervisor.ends()).isEmpty();
    assertThat(calls).hasValue(0);
  }

  @Test
  void anUnexpectedEndPutsTheComponentDown() throws Exception {
    Work[] works = {
      () -> {
        throw new IllegalStateException("x");
      },
      () -> {
        throw new OutOfMemoryError("x");
      },
      () -> {
        throw new InterruptedException("x");
      },
      () -> {}
    };
    for (Work work : works) {
      Supervisor fresh = new Supervisor();
      Thread thread = fresh.thread("t", "part", Need.USEFUL, () -> false, work);
      thread.start();
      thread.join();
      assertThat(fresh.end("part")).isPresent();
      assertThat(fresh.essentialEnd()).isEmpty();
    }
  }

  @Test
  void anEssentialEndCallsTheListeners() throws Exception {
    run(
        Need.ESSENTIAL,
        false,
        () -> {
          throw new OutOfMemoryError("Java heap space");
        });
    assertThat(supervisor.ends())
        .isEqualTo(
            Map.of(
                "part",
                "its thread was stopped by an unexpected error (a defect in SessionBridge),"
                    + " restart the agent:"
                    + " java.lang.OutOfMemoryError: Java heap space"));
    assertThat(supervisor.essentialEnd()).hasValue("part");
    assertThat(calls).hasValue(1);
    supervisor.onEssentialEnd(calls::incrementAndGet); // a late listener is called at once
    assertThat(calls).hasValue(2);
  }
}
