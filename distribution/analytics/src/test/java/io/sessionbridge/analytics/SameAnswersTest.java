package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often, in which order and in which files the events come does not matter. */
class SameAnswersTest {

  private static final Instant TO = FleetDays.FIRST_DAY.plus(Duration.ofDays(3));
  private static final int SEEDS = Integer.getInteger("sessionbridge.analytics.seeds", 3);

  @TempDir private Path folder;
  private Path hosts = Path.of("");
  private List<String> lines = List.of();
  private List<String> expected = List.of();

  @BeforeEach
  void answers() throws Exception {
    Path events = TestingLake.smallFleet(folder);
    hosts = TestingLake.hosts(folder, 15);
    lines = Files.readAllLines(events);
    expected = answers(List.of(events.toString()));
  }

  private List<String> answers(List<String> files) throws Exception {
    try (Lake lake = TestingLake.load(files, TO, hosts)) {
      assertThat(lake.unreadable()).isZero();
      return TestingLake.answers(lake);
    }
  }

  @Test
  void copiesOrderAndFilesChangeNoAnswer() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<String> mixed = new ArrayList<>(lines);
      lines.stream().filter(line -> random.nextInt(5) == 0).forEach(mixed::add);
      Collections.shuffle(mixed, random);
      Path parts = Files.createDirectories(folder.resolve("parts-" + seed));
      int cut = 1 + random.nextInt(mixed.size() - 1);
      Files.write(parts.resolve("a.jsonl"), mixed.subList(0, cut));
      Files.write(parts.resolve("b.jsonl"), mixed.subList(cut, mixed.size()));
      assertThat(answers(List.of(parts + "/*.jsonl", parts + "/a.jsonl")))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void parquetGivesTheAnswersOfLines() throws Exception {
    Path parquet = folder.resolve("parquet");
    Path half = Files.write(folder.resolve("half.jsonl"), lines.subList(0, lines.size() / 2));
    Path all = folder.resolve("fleet.jsonl");
    for (Path file :
        List.of(half, all, half)) { // what is there already is neither lost nor doubled
      assertThat(Main.execute("compact", "--events=" + file, "--out=" + parquet)).isZero();
    }
    assertThat(parquet.resolve("day=2026-11-16/events.parquet")).exists();
    assertThat(answers(List.of(parquet + "/*/*.parquet"))).isEqualTo(expected);
  }

  @Test
  void whatIsNoEventIsCounted() throws Exception {
    List<String> spoilt = new ArrayList<>(lines);
    spoilt.add(3, "no JSON");
    spoilt.add(5, "{\"id\":\"a-1\",\"kind\":\"lock\"}");
    spoilt.add("{\"id\":\"a-2\",\"time\":\"2026-11-1");
    Path file = Files.writeString(folder.resolve("spoilt.jsonl"), String.join("\n", spoilt));
    try (Lake lake = TestingLake.load(List.of(file.toString()), TO, hosts)) {
      assertThat(lake.unreadable()).isEqualTo(3);
      assertThat(TestingLake.answers(lake)).isEqualTo(expected);
    }
  }
}
