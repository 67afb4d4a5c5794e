package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another program moves and replaces the file that an agent in a Java for Windows is writing. */
@Timeout(300)
class ReplacedFileOnWindowsIT {

  private static final int EVENTS = 500;

  /** So that the agent writes for 10 s at least. */
  private static final int PER_SECOND = 50;

  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name);
  }

  private void configure() throws IOException {
    Files.write(
        file("recorded.jsonl"),
        IntStream.range(0, EVENTS)
            .mapToObj(
                second ->
                    "{\"time\":\"%s\",\"kind\":\"logon\",\"host_id\":\"h\",\"host_name\":\"h\",\"session_id\":%d,\"session_key\":\"k%d\"}"
                        .formatted(BEGIN.plusSeconds(second), second + 1, second + 1))
            .toList());
    Files.write(
        file("agent.yaml"),
        List.of(
            "data_dir: data",
            "sources: {recorded: {type: replay, path: recorded.jsonl}}",
            "sinks:",
            "  lake: {type: file, path: lake.jsonl, batch_events: 10,",
            "    max_events_per_second: " + PER_SECOND + "}"));
  }

  private List<String> events(String name) throws IOException {
    return Files.readAllLines(file(name)).stream()
        .filter(line -> line.contains("\"kind\":\"logon\""))
        .toList();
  }

  private void awaitEvents() throws Exception {
    Await.until(() -> Files.exists(file("lake.jsonl")) && !events("lake.jsonl").isEmpty());
  }

  @Test
  void followsThePath() throws Exception {
    Wine wine = Wine.orSkip();
    configure();
    try (WindowsProgram agent =
        wine.start(folder, "run", "--config", "agent.yaml", "--exit-when-drained")) {
      awaitEvents();
      Files.move(file("lake.jsonl"), file("moved.jsonl"));
      agent.awaitErr("lake.jsonl was deleted or moved: creating a new file");
      awaitEvents();
      Files.createLink(file("replaced.jsonl"), file("lake.jsonl"));
      Files.createFile(file("empty"));
      Files.move(file("empty"), file("lake.jsonl"), StandardCopyOption.REPLACE_EXISTING);
      agent.awaitErr("lake.jsonl was replaced by another file: continuing in that file");
      agent.awaitEnd(Duration.ofMinutes(2));
      assertThat(agent.exitCode()).as(agent.err()).isZero();
      assertThat(agent.err().lines().filter(line -> line.contains(" WARN "))).hasSize(2);
    }
    List<String> written = new ArrayList<>();
    for (String name : List.of("moved.jsonl", "replaced.jsonl", "lake.jsonl")) {
      List<String> lines = events(name);
      assertThat(lines).as(name).isNotEmpty();
      written.addAll(lines);
    }
    Stream<String> distinct = written.stream().distinct();
    assertThat(distinct).hasSize(EVENTS).hasSameSizeAs(written);
  }
}
