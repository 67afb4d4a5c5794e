package io.sessionbridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostGuardTest {

  private final HostGuard onLoopback = new HostGuard(true, "agent.local");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1:9464",
        "127.0.0.1",
        "127.8.0.9:1",
        "localhost",
        "LocalHost:9464",
        "[::1]:9464",
        "[::1]",
        "agent.local:9464",
        "Agent.local"
      })
  void acceptsLoopbackNames(String host) {
    assertThat(onLoopback.accepts(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:9464",
        "localhost.evil.example",
        "127.0.0.1.evil.example:9464",
        "evil.example:80:9464",
        "10.0.0.1:9464"
      })
  void rejectsOtherNames(String host) {
    assertThat(onLoopback.accepts(host)).isFalse();
    assertThat(new HostGuard(false, "0.0.0.0").accepts(host)).isTrue();
  }
}
