package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import io.sessionbridge.e2e.Bundle.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer runs first. */
class DemoIT {

  @TempDir Path folder;
  private Path temporary;
  private Bundle bundle;

  @BeforeEach
  void makeBundle() throws Exception {
    temporary = Files.createDirectory(folder.resolve("tmp"));
    bundle = new Bundle(folder, "-Djava.io.tmpdir=" + temporary);
  }

  @Test
  void countsAllEventsAtEachReceiver() throws Exception {
    Outcome outcome = bundle.run("demo");

    List<String> lines = outcome.out().lines().toList();
    assertThat(outcome.exit()).as(outcome.toString()).isZero();
    assertThat(lines)
        .hasSizeLessThan(40)
        .allMatch(line -> line.length() < 100)
        .containsSubsequence(
            "demo: Kafka is killed",
            "demo: Kafka starts again",
            "demo: the MQTT broker is cut off from the network",
            "demo: the MQTT broker is on the network again",
            "demo: the syslog receiver is killed",
            "demo: the syslog receiver starts again");
    assertThat(lines.get(lines.size() - 1))
        .matches(
            "demo: events 412, kafka 412, mqtt 412, syslog 412, lost 0, duplicates [0-9]{1,3}");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void leavesNothingBehindWhenItIsStopped() throws Exception {
    List<ProcessHandle> receivers;
    try (Running demo = bundle.start("demo")) {
      Await.until(() -> demo.out().contains("demo: Kafka is killed"));
      receivers = demo.children();
      demo.stop();
    }

    assertThat(receivers).isNotEmpty();
    Await.until(() -> receivers.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(temporary).isEmptyDirectory();
  }
}
