package io.sessionbridge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingConfig;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9464, 127.0.0.1, 9464, 127.0.0.1:9464",
    "0.0.0.0:80, 0.0.0.0, 80, 0.0.0.0:80",
    "[::1]:9464, ::1, 9464, [::1]:9464",
    "[fe80::1%eth0]:1, fe80::1%eth0, 1, [fe80::1%eth0]:1",
    "agent-7.example:65535, agent-7.example, 65535, agent-7.example:65535",
    "localhost:0, localhost, 0, localhost:0",
    ":9464, 127.0.0.1, 9464, 127.0.0.1:9464"
  })
  void acceptsHostAndPort(String text, String host, int port, String written) {
    ListenAddress address = ListenAddress.parse(text).orElseThrow();
    assertThat(address).isEqualTo(new ListenAddress(host, port));
    assertThat(address).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9464",
        "127.0.0.1",
        "127.0.0.1:",
        "a:65536",
        "a:-1",
        "::1:9464",
        "[::1]",
        "a b:1",
        "http://127.0.0.1:9464",
        "a:1/metrics"
      })
  void rejectsOtherTexts(String text) {
    assertThat(ListenAddress.parse(text)).isEqualTo(Optional.empty());
  }

  @Test
  void aSectionWithoutAnAddressListensOnLoopback() {
    assertThat(TestingConfig.read(HttpConfig.SPEC, "{}"))
        .isEqualTo(new HttpConfig(new ListenAddress("127.0.0.1", 9464)));
  }

  @Test
  void theMessageShowsWhatToWrite() {
    assertThat(TestingConfig.problems(HttpConfig.SPEC, "address: 9464"))
        .isEqualTo(
            "test.yaml:1: address must be host:port with a port up to 65535, such as"
                + " 127.0.0.1:9464, was 9464");
  }
}
