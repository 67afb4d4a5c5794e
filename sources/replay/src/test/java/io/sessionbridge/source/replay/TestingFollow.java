package io.sessionbridge.source.replay;

import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.Observation;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingIntake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes the steps of a source that follows a file, one at a time and without threads. */
final class TestingFollow implements AutoCloseable {

  /** Stands in the output where lines were stated as lost. */
  static final int GAP = -1;

  private final Path path;
  private final Optional<String> rotated;
  private final Storage storage;
  private final TestingClock clock = new TestingClock();
  private final TestingIntake intake = new TestingIntake();
  private final List<Integer> output = new ArrayList<>();
  private final List<Observation> waiting = new ArrayList<>();
  private Follower follower;
  private int gaps;
  private boolean sawMore;

  TestingFollow(Path path, Optional<String> rotated, Storage storage) {
    this.path = path;
    this.rotated = rotated;
    this.storage = storage;
    this.follower = open();
  }

  private Follower open() {
    return new Follower(
        path,
        new RotatedFiles(path, rotated.map(ReplaySourceConfig::matcher), storage),
        storage,
        intake,
        clock);
  }

  /** Starts with a position that an earlier life left. */
  TestingFollow from(byte[] position) throws Exception {
    Observation before = ReplayTranslator.translate(TestingFile.line(0)).withPosition(position);
    intake.emit(List.of(before));
    return restart();
  }

  /** Loses what is not durable and begins anew. */
  TestingFollow restart() {
    follower.close();
    waiting.clear();
    follower = open();
    return this;
  }

  /** Looks once, a second after the last time. */
  TestingFollow look() {
    clock.advance(Duration.ofSeconds(1));
    sawMore = follower.look();
    takeGaps();
    return this;
  }

  /** Whether the last look asked for a read. */
  boolean sawMore() {
    return sawMore;
  }

  Duration untilLook() {
    return follower.untilLook();
  }

  /** Looks as often as it takes until a replaced file counts as left by its writer. */
  TestingFollow lookUntilQuiet() {
    for (int i = 0; i <= Follower.QUIET_LOOKS; i++) {
      look();
    }
    return this;
  }

  /** Reads at most so many lines, as a journal with room for no more would let it. */
  TestingFollow read(int lines) throws Exception {
    for (int i = 0; i < lines; i++) {
      Line line = follower.read();
      takeGaps();
      if (line == null) {
        flush();
        return this;
      }
      take(line);
    }
    return this;
  }

  private void takeGaps() {
    for (; gaps < intake.uncounted().size(); gaps++) {
      output.add(GAP);
    }
  }

  private void take(Line line) throws EventFormatException {
    Observation seen = ReplayTranslator.translate(line.text());
    waiting.add(seen.withPosition(line.position().encode()));
  }

  /** Makes durable what was read. */
  TestingFollow flush() throws Exception {
    if (!waiting.isEmpty()) {
      intake.emit(waiting);
      waiting.forEach(seen -> output.add(TestingFile.numberOf(seen)));
      waiting.clear();
    }
    return this;
  }

  /** Reads all there is, and all that comes after it. */
  TestingFollow readAll() throws Exception {
    for (int idle = 0; idle < 5; ) {
      int before = output.size();
      lookUntilQuiet();
      read(1_000_000);
      idle = output.size() == before ? idle + 1 : 0;
    }
    return this;
  }

  List<Integer> output() {
    return output;
  }

  String problem() {
    return follower.problem();
  }

  byte[] position() {
    return intake.resumePosition().orElseThrow();
  }

  @Override
  public void close() {
    follower.close();
  }
}
