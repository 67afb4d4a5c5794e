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

/** RELP to the official rsyslog image, or the one that the environment names. */
@Testcontainers(disabledWithoutDocker = true)
@DisabledIfEnvironmentVariable(
    named = "SESSIONBRIDGE_RSYSLOG_IMAGE",
    matches = "none",
    disabledReason = "SESSIONBRIDGE_RSYSLOG_IMAGE is none: there is no such image here")
class RsyslogContainerIT {

  @Container
  private static final TestingContainer RSYSLOG =
      TestingContainer.rsyslog(
          """
          global(workDirectory="/tmp" maxMessageSize="8k")
          module(load="imrelp")
          input(type="imrelp" port="%d" maxDataSize="8k")
          template(name="raw" type="string" string="%%rawmsg%%\\n")
          if $inputname == "imrelp" then action(type="omfile" file="%s" template="raw")
          """
              .formatted(TestingContainer.PORT, TestingContainer.OUTPUT));

  @TempDir private Path folder;

  @Test
  void everyEventArrivesOnce() throws Exception {
    List<EncodedEvent> all = new TestingEvents("sentence").next(1000);
    String yaml = "{server: \"" + RSYSLOG.server() + "\", transport: relp}";
    try (SyslogSink sink =
        new SyslogSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(SyslogSinkConfig.SPEC, yaml))) {
      sink.connect();
      assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(1000));
    }
    assertThat(TestingReceiver.ids(RSYSLOG.awaitLines(1000))).isEqualTo(TestingEvents.ids(all));
  }
}
