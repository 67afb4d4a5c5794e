package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real rsyslog with its own parsers reads the messages of each preset. */
@Timeout(120)
class PresetIT {

  @TempDir private Path folder;

  private TestingDaemon rsyslog() throws IOException {
    int port = TestingDaemon.freePort();
    Path output = folder.resolve("out.log");
    Path conf =
        Files.writeString(
            folder.resolve("rsyslog.conf"),
            "global(maxMessageSize=\"64k\" parser.escapeControlCharacterTab=\"off\""
                + " workDirectory=\""
                + folder
                + "\")\nmain_queue(queue.type=\"Direct\")\n"
                + "module(load=\"imtcp\")\ninput(type=\"imtcp\" port=\""
                + port
                + "\")\ntemplate(name=\"parts\" type=\"string\""
                + " string=\"%pri% %hostname% %syslogtag%|%msg%\\n\")\n"
                + "if $hostname == \"WS-TEST\" then action(type=\"omfile\" file=\""
                + output
                + "\" template=\"parts\")\n");
    return new TestingDaemon(
        List.of(
            RequiredTool.find("rsyslogd").toString(),
            "-n",
            "-f",
            conf.toString(),
            "-i",
            folder.resolve("pid").toString()),
        Map.of(),
        port,
        true,
        output);
  }

  /** With the beginning of the format, like the core. */
  private record Context(
      String id,
      TestingHost host,
      Clock clock,
      Path dataFolder,
      TestingMetrics metrics,
      String bodyBeginning)
      implements SinkContext {}

  @ParameterizedTest
  @EnumSource(Preset.class)
  void rsyslogFindsTheHostTheTagAndTheText(Preset preset) throws Exception {
    try (TestingDaemon rsyslog = rsyslog()) {
      rsyslog.start();
      EncodedEvent event =
          new TestingEvents(preset.message()).next(TestingEvents.data(Kind.LOGON).build());
      Context context =
          new Context(
              "dst",
              new TestingHost(),
              Clock.system(),
              folder,
              new TestingMetrics(),
              TestingFormats.named(preset.message()).bodyBeginning());
      String yaml =
          "{server: \"localhost:"
              + rsyslog.port()
              + "\", transport: tcp, preset: "
              + preset.word()
              + "}";
      try (SyslogSink sink =
          new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml))) {
        sink.connect();
        assertThat(sink.deliver(List.of(event))).isEqualTo(DeliveryResult.delivered(1));
      }
      assertThat(rsyslog.awaitLines(1))
          .containsExactly("85 WS-TEST " + parts(preset, new String(event.body(), UTF_8)));
    }
  }

  /**
   * The tag, a vertical bar, the text. CEF and LEEF have their own tag; rsyslog treats the space
   * after a colon as part of the text.
   */
  private static String parts(Preset preset, String body) {
    if (preset.header() == Header.RFC5424) {
      return "sessionbridge[7h3jk2-1]|" + body;
    }
    if (!preset.message().endsWith("ef")) {
      return "sessionbridge:| " + body;
    }
    int tag = body.indexOf(':') + 1;
    return body.substring(0, tag) + "|" + body.substring(tag);
  }
}
