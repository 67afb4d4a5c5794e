package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** Octet counting to the official syslog-ng image, or the one that the environment names. */
@Testcontainers(disabledWithoutDocker = true)
@DisabledIfEnvironmentVariable(
    named = "SESSIONBRIDGE_SYSLOG_NG_IMAGE",
    matches = "none",
    disabledReason = "SESSIONBRIDGE_SYSLOG_NG_IMAGE is none: there is no such image here")
class SyslogNgContainerIT {

  @Container
  private static final TestingContainer SYSLOG_NG =
      TestingContainer.syslogNg(
          """
          @version: 3.38
          options { keep-hostname(yes); use-dns(no); };
          source s { syslog(transport("tcp") port(%d)); };
          destination d { file("%s" template("${PID}\\n") flush-lines(1)); };
          log { source(s); destination(d); };
          """
              .formatted(TestingContainer.PORT, TestingContainer.OUTPUT));

  @TempDir private Path folder;

  @Test
  void everyEventArrivesOnce() throws Exception {
    List<EncodedEvent> all = new TestingEvents("sentence").next(1000);
    String yaml = "{server: \"" + SYSLOG_NG.server() + "\", transport: tcp}";
    try (SyslogSink sink =
        new SyslogSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(SyslogSinkConfig.SPEC, yaml))) {
      sink.connect();
      assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(1000));
    }
    assertThat(SYSLOG_NG.awaitLines(1000)).isEqualTo(TestingEvents.ids(all));
  }
}
