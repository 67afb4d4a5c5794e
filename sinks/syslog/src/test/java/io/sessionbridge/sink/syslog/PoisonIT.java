package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.PoisonFixture;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An event after which a real RELP receiver ends the session instead of answering. */
class PoisonIT extends PoisonFixture {

  @Test
  void eventThatRsyslogAbortsOnIsADeadLetter() throws Exception {
    int port = TestingDaemon.freePort();
    Path output = folder.resolve("out.log");
    Path conf = folder.resolve("rsyslog.conf");
    Files.writeString(
        conf,
        "global(maxMessageSize=\"1024\" workDirectory=\""
            + folder
            + "\")\nmain_queue(queue.type=\"Direct\")\n"
            + "module(load=\"imrelp\")\n"
            + "input(type=\"imrelp\" maxDataSize=\"1024\" oversizeMode=\"abort\" port=\""
            + port
            + "\")\ntemplate(name=\"raw\" type=\"string\" string=\"%rawmsg%\\n\")\n"
            + "if $inputname != \"rsyslogd\" then\n  action(type=\"omfile\" file=\""
            + output
            + "\" template=\"raw\")\n");
    List<String> command =
        List.of(
            RequiredTool.find("rsyslogd").toString(),
            "-n",
            "-f",
            conf.toString(),
            "-i",
            folder.resolve("pid").toString());
    try (TestingDaemon rsyslog = new TestingDaemon(command, Map.of(), port, true, output)) {
      rsyslog.start();
      append();
      TestingSinkContext context = new TestingSinkContext(clock, folder);
      String yaml = "{server: \"localhost:" + port + "\", transport: relp, timeout: 5s}";
      DeliveryLoop running =
          start(
              new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml)),
              "cloudevents");
      awaitSettled(running);
      assertThat(running.totals()).isEqualTo(new SinkTotals(EVENTS, EVENTS - 1, 0, 1, 0, 0));
      List<String> ids = TestingReceiver.ids(rsyslog.awaitLines(EVENTS - 1));
      assertThat(new ArrayList<>(new LinkedHashSet<>(ids))).isEqualTo(good());
      assertThat(letter())
          .contains(journal.epoch() + "-" + LARGE)
          .containsPattern(
              "event of \\d+ bytes: in 8 tests the peer accepted its neighbour and then failed on"
                  + " it: lost the connection to localhost:"
                  + port);
    }
  }
}
