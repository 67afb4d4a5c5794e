package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.storage.FileStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A writer that appends, renames, copies and cuts, a reader that looks and reads in between and is
 * restarted, in an order that the seed gives. Every line arrives once and in order, or is missing
 * where a gap was stated.
 */
final class FollowerRandomTest {

  private static final int STEPS = 120;

  @TempDir private Path folder;

  static Stream<Integer> seeds() {
    int from = Integer.getInteger("sessionbridge.seed", 0);
    return Stream.iterate(from, seed -> seed + 1)
        .limit(Integer.getInteger("sessionbridge.seeds", 60));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void losesNothingThatCanBeFound(int seed) throws Exception {
    run(seed, Optional.of("day.jsonl*"), false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void reportsLostLines(int seed) throws Exception {
    run(seed, Optional.of("day.jsonl*"), true);
  }

  private void run(int seed, Optional<String> rotated, boolean cuts) throws Exception {
    Random random = new Random(seed);
    TestingLog log = new TestingLog(folder.resolve("day.jsonl"));
    StringBuilder story = new StringBuilder();
    try (TestingFollow follow = new TestingFollow(log.path(), rotated, new FileStorage())) {
      log.append(1);
      follow.look().read(1).flush(); // from here on there is a position
      int rotations = 0;
      for (int step = 0; step < STEPS; step++) {
        int kind = random.nextInt(cuts ? 9 : 8);
        boolean mayRotate = Files.exists(log.path()) && rotations < 7;
        switch (kind) {
          case 0, 1 -> log.append(1 + random.nextInt(20));
          case 2 -> {
            if (mayRotate) {
              log.rename();
              rotations++;
            }
          }
          case 3 -> {
            if (mayRotate) {
              log.copyAndCut();
              rotations++;
            }
          }
          case 4 -> follow.look();
          case 5 -> follow.read(random.nextInt(30));
          case 6 -> follow.flush();
          case 7 -> {
            if (random.nextInt(3) == 0) {
              follow.readAll(); // so that no file is rotated away before it is read
              rotations = 0;
            } else {
              follow.restart();
            }
          }
          default -> {
            if (mayRotate) {
              follow.look(); // what came and went between two looks leaves no trace
              log.cut();
              follow.look();
            }
          }
        }
        story.append(kind).append(':').append(log.written()).append(' ');
      }
      log.append(1);
      follow.readAll();
      check(follow.output(), log.written(), cuts, "seed " + seed + ", step:lines " + story);
    }
  }

  private static void check(List<Integer> output, int written, boolean gapsAllowed, String story) {
    int expected = 0;
    int gaps = 0;
    for (int number : output) {
      if (number == TestingFollow.GAP) {
        assertThat(gapsAllowed).as("a gap is allowed, %s", story).isTrue();
        gaps++;
        continue;
      }
      assertThat(number).as("the next, %s", story).isGreaterThanOrEqualTo(expected);
      if (number > expected) {
        assertThat(gaps).as("gaps for %s to %s, %s", expected, number, story).isPositive();
        gaps--;
      }
      expected = number + 1;
    }
    assertThat(expected).as("lines, %s", story).isEqualTo(written);
  }
}
