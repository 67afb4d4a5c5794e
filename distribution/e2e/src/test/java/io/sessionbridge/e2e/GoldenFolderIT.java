package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data folder of an earlier build opens, and every sink gets what its cursor had not passed.
 *
 * <p>{@code golden/data-0.1.tar.gz} was written by the build of November 2026: four segments of
 * four runs, with imported ids, a hole of 7 events, one record with a flipped byte, an evicted
 * segment of 62 events, the cursors of five sinks at five positions, two replay positions and eight
 * dead letters. {@code golden/data-0.1.txt} has what that build itself delivered from it. Neither
 * file may ever change.
 */
class GoldenFolderIT {

  private static final List<String> SINKS = List.of("archive", "lake", "desk", "siem", "audit");
  private static final Pattern ID = Pattern.compile("\"id\":\"(([0-9a-f]{16})-[^\"]+)\"");
  private static final Pattern LOSS =
      Pattern.compile("\"kind\":\"gap\".*\"reason\":\"(\\w+)\".*\"lost_count\":(\\d+)");

  @TempDir Path folder;
  private Bundle bundle;

  @BeforeEach
  void unpack() throws Exception {
    bundle = new Bundle(folder);
    Path archive = folder.resolve("golden.tar.gz");
    try (InputStream golden = resource("data-0.1.tar.gz")) {
      Files.copy(golden, archive);
    }
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    List<String> config = new ArrayList<>();
    config.add("data_dir: data");
    config.add("host: {id: \"0b9d2b7e-3c1f-5d53-8f0e-5a4b3c2d1e0f\"}");
    config.add("sources:");
    config.add("  recorded: {type: replay, path: in/recorded.jsonl}");
    config.add("  imported: {type: replay, path: in/imported.jsonl}");
    config.add("sinks:");
    SINKS.forEach(id -> config.add("  " + id + ": {type: file, path: out/" + id + ".jsonl}"));
    bundle.write("c.yaml", config.toArray(String[]::new));
    Files.createDirectory(folder.resolve("out"));
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        GoldenFolderIT.class.getResourceAsStream("/golden/" + name), name);
  }

  @Test
  void everySinkGoesOnWhereItsCursorStoodAndEverySourceBehindItsLastLine() throws Exception {
    Files.writeString(
        folder.resolve("in/recorded.jsonl"),
        Lines.line(1) + "\n" + Lines.line(2) + "\n",
        StandardOpenOption.APPEND);
    Outcome outcome = bundle.run("run", "--config", "c.yaml", "--exit-when-drained");
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("recorded.jsonl continues after line 231")
        .contains("imported.jsonl continues after line 43")
        .contains("sink lake lost 7 events")
        .contains("sink desk lost 8 events")
        .contains("sink siem lost 8 events")
        .contains("sink audit lost 70 events")
        .doesNotContain("sink archive lost");
    assertThat(delivered()).isEqualTo(expected());
    for (String sink : SINKS) {
      assertThat(Lines.numbers(out(sink))).as(sink).containsExactly(1, 2);
    }
  }

  @Test
  void validateReadsItAndChangesNothing() throws Exception {
    Map<Path, String> before = contents();
    Outcome outcome = bundle.run("validate", "--config", "c.yaml");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(contents()).isEqualTo(before);
  }

  private Path out(String sink) {
    return folder.resolve("out/" + sink + ".jsonl");
  }

  /** What the journal of the golden folder gave, without what this run added. */
  private Map<String, List<String>> delivered() throws Exception {
    Map<String, List<String>> expected = expected();
    List<String> epochs =
        expected.values().stream()
            .flatMap(List::stream)
            .map(line -> line.substring(0, 16))
            .distinct()
            .toList();
    Map<String, List<String>> delivered = new LinkedHashMap<>();
    for (String sink : SINKS) {
      List<String> ids = new ArrayList<>();
      for (String line : Files.readAllLines(out(sink))) {
        Matcher id = ID.matcher(line);
        if (id.find() && epochs.contains(id.group(2))) {
          ids.add(id.group(1) + loss(line).orElse(""));
        }
      }
      if (!ids.isEmpty()) {
        delivered.put(sink, ids);
      }
    }
    return delivered;
  }

  private static Optional<String> loss(String line) {
    Matcher loss = LOSS.matcher(line);
    return loss.find() ? Optional.of(" " + loss.group(1) + " " + loss.group(2)) : Optional.empty();
  }

  private static Map<String, List<String>> expected() throws Exception {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    try (InputStream lines = resource("data-0.1.txt")) {
      for (String line : new String(lines.readAllBytes(), UTF_8).lines().toList()) {
        String[] words = line.split(" ", 2);
        expected.computeIfAbsent(words[0], sink -> new ArrayList<>()).add(words[1]);
      }
    }
    return expected;
  }

  private Map<Path, String> contents() throws Exception {
    Map<Path, String> contents = new LinkedHashMap<>();
    for (String part : List.of("data", "in", "out")) {
      try (var files = Files.walk(folder.resolve(part))) {
        for (Path file : files.sorted().toList()) {
          contents.put(file, state(file));
        }
      }
    }
    return contents;
  }

  private static String state(Path file) throws Exception {
    String bytes =
        Files.isRegularFile(file) ? new String(Files.readAllBytes(file), UTF_8) : "folder";
    return Files.getLastModifiedTime(file) + " " + bytes.hashCode();
  }
}
