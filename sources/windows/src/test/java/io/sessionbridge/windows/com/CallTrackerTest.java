package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CallTrackerTest {

  private final CallTracker calls = new CallTracker();

  @Test
  void isQuietAWhileAfterTheLastCall() throws Exception {
    calls.enter();
    calls.leave();
    long begin = System.nanoTime();
    assertThat(calls.await(20, 20_000)).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThan(15_000_000);
  }

  @Test
  void givesUpAfterTheTimeLimit() throws Exception {
    calls.enter();
    assertThat(calls.await(1, 20)).isFalse();
  }

  @Test
  void waitsForTheEndOfACall() throws Exception {
    calls.enter();
    Thread call = new Thread(calls::leave, "call");
    call.start();
    assertThat(calls.await(1, 20_000)).isTrue();
    call.join();
  }
}
