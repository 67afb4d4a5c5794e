package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are away and agents that are killed: what arrives in the end. */
class OutageIT {

  @TempDir Path folder;
  private Bundle bundle;

  @BeforeEach
  void makeBundle() {
    bundle = new Bundle(folder);
  }

  @Test
  void killedWhileTheBrokerIsAwayLosesNothingAndKeepsTheOrder() throws Exception {
    int lines = 20_000;
    Lines.write(folder.resolve("in.jsonl"), 1, lines);
    try (KafkaBroker broker = new KafkaBroker(folder.resolve("kafka"))) {
      config(broker);
      for (int kills = 0; kills < 3; kills++) {
        long before = delivered();
        try (Bundle.Running agent = bundle.start("run", "--config", "c.yaml")) {
          Await.until(() -> delivered() > before);
          agent.kill();
        }
      }
      broker.start();
      Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
      assertThat(outcome.err()).doesNotContain("corrupt").doesNotContain("missing");
      assertThat(outcome.exit()).isZero();
      List<Integer> numbers = Lines.numbers(String.join("\n", broker.values()));
      assertThat(List.copyOf(new LinkedHashSet<>(numbers))).isEqualTo(Lines.upTo(lines));
    }
  }

  /** Grows with each start: its first event is the agent's own. */
  private long delivered() throws Exception {
    Path out = folder.resolve("out.jsonl");
    return Files.exists(out) ? Files.size(out) : 0;
  }

  @Test
  void aDeadSinkDelaysNobody() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 5000);
    try (KafkaBroker dead = new KafkaBroker(folder.resolve("kafka"))) {
      config(dead);
      try (Bundle.Running agent = bundle.start("run", "--config", "c.yaml")) {
        Path out = folder.resolve("out.jsonl");
        Await.until(() -> Files.exists(out) && Lines.numbers(out).size() >= 5000);
        assertThat(Lines.numbers(out)).isEqualTo(Lines.upTo(5000));
        assertThat(agent.stop().exit()).isEqualTo(143); // by SIGTERM
      }
      Outcome outcome =
          bundle.run("run", "--config", "c.yaml", "--exit-when-drained", "--timeout", "1s");
      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.err()).containsPattern("sink lake has \\d+ events pending \\(DEGRADED: ");
      assertThat(bundle.run("validate", "--config", "c.yaml", "--connect").out())
          .contains("records, no damage")
          .contains("sink lake: ")
          .contains("sink out: connects");
    }
  }

  private void config(KafkaBroker broker) throws Exception {
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  in: {type: replay, path: in.jsonl}",
        "sinks:",
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"" + broker.address() + "\"]",
        "    topic: " + KafkaBroker.TOPIC,
        "  out: {type: file, path: out.jsonl}");
  }
}
