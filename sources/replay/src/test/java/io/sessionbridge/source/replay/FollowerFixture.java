package io.sessionbridge.source.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file that a test renames and cuts, and those that follow it. */
abstract class FollowerFixture {

  @TempDir Path folder;

  final TestingDisk disk = new TestingDisk();
  final List<TestingFollow> made = new ArrayList<>();
  TestingLog log;

  @BeforeEach
  void makeLog() {
    log = new TestingLog(folder.resolve("day.jsonl"));
  }

  @AfterEach
  void closeAll() {
    made.forEach(TestingFollow::close);
  }

  TestingFollow follow() {
    return follow(Optional.of("day.jsonl*"));
  }

  TestingFollow follow(Optional<String> rotated) {
    TestingFollow follow = new TestingFollow(log.path(), rotated, disk.storage());
    made.add(follow);
    return follow;
  }

  static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }
}
