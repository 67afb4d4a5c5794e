package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QuietTest {

  private final Quiet quiet = new Quiet();

  @Test
  void isQuietAWhileAfterTheLastCall() throws Exception {
    quiet.enter();
    quiet.leave();
    long begin = System.nanoTime();
    assertThat(quiet.await(20, 20_000)).isTrue();
    assertThat(System.nanoTime() - begin).isGreaterThan(15_000_000);
  }

  @Test
  void doesNotWaitForEver() throws Exception {
    quiet.enter();
    assertThat(quiet.await(1, 20)).isFalse();
  }

  @Test
  void waitsForTheEndOfACall() throws Exception {
    quiet.enter();
    Thread call = new Thread(quiet::leave, "call");
    call.start();
    assertThat(quiet.await(1, 20_000)).isTrue();
    call.join();
  }
}
