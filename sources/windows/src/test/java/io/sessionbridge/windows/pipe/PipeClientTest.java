package io.sessionbridge.windows.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipeClientTest {

  private static final String USER = "S-1-5-21-1-2-3-1001";

  @Test
  void trustsTheSystemAdministratorsAndItsOwnUser() {
    assertThat(PipeClient.isTrusted("S-1-5-18", USER)).isTrue();
    assertThat(PipeClient.isTrusted("S-1-5-32-544", USER)).isTrue();
    assertThat(PipeClient.isTrusted(USER, USER)).isTrue();
    assertThat(PipeClient.isTrusted("S-1-5-21-1-2-3-1002", USER)).isFalse();
  }

  /** A script that a service runs asks too. */
  @Test
  void theSystemMayAsk() {
    assertThat(PipeClient.isTrusted("S-1-5-18", "S-1-5-18")).isTrue();
  }
}
