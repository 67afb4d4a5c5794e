package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.testkit.TestingConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyslogSinkConfigTest {

  private static SyslogSinkConfig read(String yaml) {
    return TestingConfig.read(SyslogSinkConfig.SPEC, yaml);
  }

  private static String problems(String yaml) {
    return TestingConfig.problems(SyslogSinkConfig.SPEC, yaml);
  }

  @Test
  void minimalEntry() {
    assertThat(read("{server: \"siem.example:2514\", transport: relp}"))
        .isEqualTo(
            new SyslogSinkConfig(
                new HostPort("siem.example", 2514),
                TransportType.RELP,
                Framing.OCTET_COUNTING,
                Header.RFC5424,
                Facility.AUTHPRIV,
                Optional.empty(),
                List.of(),
                false,
                8192,
                1 << 20,
                Duration.ofMinutes(20),
                Duration.ofSeconds(30),
                Optional.empty()));
    assertThat(read("{server: \"s:514\", transport: udp}").maxMessageBytes()).isEqualTo(1400);
  }

  @Test
  void everyKey() {
    SyslogSinkConfig config =
        read(
            "{server: \"[::1]:6514\", transport: tcp, framing: lf, facility: local7,"
                + " enterprise_number: 32473, standard_data: [meta, origin, time_quality],"
                + " bom: true, max_message_bytes: 2KiB, replay_bytes: 64KiB, replay_age: 1m,"
                + " timeout: 5s, tls: true}");
    assertThat(config.server()).isEqualTo(new HostPort("::1", 6514)).hasToString("[::1]:6514");
    assertThat(config.framing()).isEqualTo(Framing.LF);
    assertThat(config.facility()).isEqualTo(Facility.LOCAL7);
    assertThat(config.enterpriseNumber()).contains(32473L);
    assertThat(config.standardData())
        .containsExactly(StandardData.META, StandardData.ORIGIN, StandardData.TIME_QUALITY);
    assertThat(config.bom()).isTrue();
    assertThat(config.maxMessageBytes()).isEqualTo(2048);
    assertThat(config.replayBytes()).isEqualTo(65536);
    assertThat(config.replayAge()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.tls()).isPresent();
  }

  @Test
  void missingKeys() {
    assertThat(problems("{}"))
        .isEqualTo(
            "test.yaml:1: server is missing (the receiver, host:port or [address]:port)\n"
                + "test.yaml:1: transport is missing (relp = acknowledged, at least once; tcp ="
                + " best effort; udp = at most once)");
  }

  @Test
  void impossibleServers() {
    for (String server : List.of("siem", "siem:", "siem:0", "siem:65536", "::1:514", "a b:1")) {
      assertThat(problems("{transport: tcp, server: \"" + server + "\"}"))
          .isEqualTo(
              "test.yaml:1: server must be host:port or [address]:port with a port from 1 to 65535, was "
                  + server);
    }
  }

  @Test
  void keysThatDoNotGoTogether() {
    assertThat(problems("{server: \"s:1\", transport: relp, framing: lf, replay_age: 1m}"))
        .isEqualTo(
            "test.yaml:1: framing has no effect with transport relp\n"
                + "test.yaml:1: replay_age has no effect with transport relp");
    assertThat(problems("{server: \"s:1\", transport: udp, ca_file: ca.pem}"))
        .isEqualTo("test.yaml:1: tls is not possible with transport udp, use tcp or relp");
    assertThat(problems("{server: \"s:1\", transport: udp, max_message_bytes: 64KiB}"))
        .isEqualTo("test.yaml:1: max_message_bytes must be at most 65507B with transport udp");
    assertThat(problems("{server: \"s:1\", transport: tls}"))
        .isEqualTo("test.yaml:1: transport must be one of relp, tcp, udp, was tls");
  }
}
