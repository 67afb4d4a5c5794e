package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSourceContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole replays, from a file or a stream into an intake. */
@Timeout(60)
final class ReplayFileTest {

  @TempDir private Path folder;

  private final TestingClock clock = new TestingClock();
  private final List<Source> made = new ArrayList<>();
  private TestingSourceContext context;
  private TestingFile file;

  @BeforeEach
  void makeContext() {
    context = new TestingSourceContext(clock, folder);
    file = new TestingFile(folder.resolve("day.jsonl"));
  }

  @AfterEach
  void closeAll() throws Exception {
    context.intake().release();
    for (Source source : made) {
      source.close();
    }
  }

  /** Starts a replay of the file, with more keys of its entry. */
  private Source start(String keys) throws Exception {
    return start("path: " + file.path() + "\n" + keys, InputStream.nullInputStream());
  }

  private Source start(String yaml, InputStream standardInput) throws Exception {
    ReplaySourceConfig config = TestingConfig.read(new ReplaySourceFactory().config(), yaml);
    Source source = new ReplaySource(context, config, standardInput, new FileStorage());
    made.add(source);
    source.start();
    return source;
  }

  private static CompletableFuture<Void> end(Source source) {
    return source.finished().orElseThrow().toCompletableFuture();
  }

  private static void awaitEnd(Source source) throws Exception {
    end(source).get(10, TimeUnit.SECONDS);
  }

  private static String failureOf(Source source) {
    try {
      awaitEnd(source);
      throw new AssertionError("it came to its end");
    } catch (ExecutionException e) {
      return e.getCause().getMessage();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<Integer> taken() {
    return context.intake().taken().stream().map(TestingFile::numberOf).toList();
  }

  private static List<Integer> numbers(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void readsAFileToItsEndInBatches() throws Exception {
    file.appendLines(0, 1000);
    Source source = start("");
    awaitEnd(source);
    assertThat(taken()).isEqualTo(numbers(0, 1000));
    assertThat(context.intake().batches())
        .extracting(List::size)
        .containsExactly(256, 256, 256, 232);
    assertThat(source.check()).isEqualTo(Health.up());
  }

  @Test
  void takesALastLineWithoutItsLineEnd() throws Exception {
    file.append("\uFEFF" + TestingFile.line(0).replace("\n", "\r\n") + " \n\n");
    file.append(TestingFile.line(1).trim());
    awaitEnd(start(""));
    assertThat(taken()).containsExactly(0, 1);
  }

  @Test
  void repeatsNothingAfterARestart() throws Exception {
    file.appendLines(0, 300);
    awaitEnd(start(""));
    awaitEnd(start(""));
    assertThat(taken()).isEqualTo(numbers(0, 300));
    file.appendLines(300, 310);
    awaitEnd(start(""));
    assertThat(taken()).isEqualTo(numbers(0, 310));
  }

  @Test
  void startsOverInAnotherFileOfTheSameName() throws Exception {
    file.appendLines(0, 10);
    awaitEnd(start(""));
    Files.delete(file.path());
    file.appendLines(100, 120);
    awaitEnd(start(""));
    assertThat(taken().subList(10, 30)).isEqualTo(numbers(100, 120));
  }

  @Test
  void startsOverInAFileThatWasCut() throws Exception {
    file.appendLines(0, 10);
    awaitEnd(start(""));
    Files.delete(file.path());
    file.appendLines(0, 3);
    awaitEnd(start(""));
    assertThat(taken().subList(10, 13)).isEqualTo(numbers(0, 3));
  }

  @Test
  void stopsAtABadLineAndNamesIt() throws Exception {
    file.appendLines(0, 2).append("{\"time\":\"2026-11-20T08:00:00Z\",\"kind\":\"logn\"}\n");
    file.appendLines(2, 3);
    Source source = start("");
    String message = "day.jsonl:3: kind 'logn' is unknown, did you mean logon?";
    assertThat(failureOf(source)).isEqualTo(message);
    assertThat(source.check()).isEqualTo(Health.down(message));
    assertThat(taken()).containsExactly(0, 1);
    assertThat(context.metrics().count("source_bad_lines_total")).isEqualTo(1);
  }

  @Test
  void skipsAndCountsBadLines() throws Exception {
    file.appendLines(0, 1).append("no\n".repeat(25)).appendLines(1, 2);
    awaitEnd(start("on_bad_line: skip"));
    assertThat(taken()).containsExactly(0, 1);
    assertThat(context.metrics().count("source_bad_lines_total")).isEqualTo(25);
    assertThat(context.metrics().count("source_seen_total")).isEqualTo(2);
    assertThat(context.metrics().count("source_handed_off_total")).isEqualTo(2);
  }

  @Test
  void callsALineThatIsTooLongBad() throws Exception {
    file.append("x".repeat(300_000) + "\n");
    assertThat(failureOf(start("")))
        .isEqualTo("day.jsonl:1: the line has 300000 bytes, an event may have 262144");
  }

  @Test
  void retriesABatchUntilItIsDurable() throws Exception {
    file.appendLines(0, 3);
    context.intake().failNext(5);
    Source source = start("");
    clock.advanceUntil("it ends", () -> end(source).isDone());
    assertThat(taken()).containsExactly(0, 1, 2);
  }

  @Test
  void doesNotSpinWhileTheJournalCannotWrite() throws Exception {
    file.appendLines(0, 3);
    context.intake().failNext(Long.MAX_VALUE);
    Source source = start("");
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMillis(100));
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMillis(199)); // the second pause is twice as long
    clock.awaitWaiting(1);
    assertThat(source.check()).isEqualTo(Health.degraded("no space left"));
    context.intake().failNext(0);
    clock.advance(Duration.ofMillis(1));
    awaitEnd(source);
  }

  @Test
  void isNotFinishedByBeingClosed() throws Exception {
    file.appendLines(0, 3);
    context.intake().block();
    Source source = start("");
    context.intake().awaitBlocked();
    source.close();
    assertThat(end(source)).isNotDone();
    context.intake().release();
    awaitEnd(start(""));
    assertThat(taken()).containsExactly(0, 1, 2);
  }

  @Test
  void keepsTheRecordedPace() throws Exception {
    file.appendLines(0, 2).appendLines(10, 11);
    Source source = start("speed: 2");
    clock.awaitWaiting(1);
    assertThat(taken()).containsExactly(0);
    clock.advance(Duration.ofMillis(500));
    context.intake().awaitTaken(2);
    clock.awaitWaiting(1);
    clock.advance(Duration.ofMillis(4499));
    clock.awaitWaiting(1);
    assertThat(taken()).containsExactly(0, 1);
    clock.advance(Duration.ofMillis(1));
    awaitEnd(source);
    assertThat(taken()).containsExactly(0, 1, 10);
  }

  @Test
  void emitsNothingBeforeItsTimeWhenItIsClosed() throws Exception {
    file.appendLines(0, 1).appendLines(3600, 3601);
    Source source = start("speed: 1");
    clock.awaitWaiting(1);
    source.close();
    assertThat(taken()).containsExactly(0);
    assertThat(end(source)).isNotDone();
  }

  @Test
  void limitsTheWaitBetweenTwoLines() throws Exception {
    file.append("{\"time\":\"0001-01-01T00:00:00Z\",\"kind\":\"lock\",\"raw_code\":0}\n");
    file.appendLines(1, 2);
    Source source = start("speed: 0.001");
    context.intake().awaitTaken(1);
    clock.awaitWaiting(1);
    clock.advance(Duration.ofDays(365));
    clock.awaitWaiting(1);
    assertThat(source.check()).isEqualTo(Health.up());
  }

  @Test
  void followsALineThatGrows() throws Exception {
    String line = TestingFile.line(0);
    file.append(line.substring(0, 20));
    Source source = start("follow: true");
    assertThat(source.finished()).isEmpty();
    clock.awaitWaiting(2);
    clock.advance(Duration.ofMillis(250));
    clock.awaitWaiting(2);
    assertThat(taken()).isEmpty();
    file.append(line.substring(20));
    clock.advance(Duration.ofMillis(250));
    context.intake().awaitTaken(1);
    assertThat(taken()).containsExactly(0);
  }

  @Test
  void followsIntoTheNextFileAndLosesNothingOfTheOld() throws Exception {
    file.appendLines(0, 3);
    Source unused = start("follow: true");
    context.intake().awaitTaken(3);
    clock.awaitWaiting(2);
    file.appendLines(3, 4);
    Files.move(file.path(), folder.resolve("day.jsonl.1"));
    clock.advance(Duration.ofMillis(250)); // for a while there is no file of the name
    context.intake().awaitTaken(4);
    clock.awaitWaiting(2);
    file.appendLines(4, 20);
    clock.advanceUntil("it changed over", () -> taken().size() == 20);
    assertThat(taken()).isEqualTo(numbers(0, 20));
  }

  @Test
  void takesTheUnterminatedLastLineOfAFileThatWasReplaced() throws Exception {
    file.appendLines(0, 1).append(TestingFile.line(1).trim());
    Source unused = start("follow: true");
    context.intake().awaitTaken(1);
    Files.move(file.path(), folder.resolve("day.jsonl.1"));
    file.appendLines(2, 20);
    clock.advanceUntil("it changed over", () -> taken().size() == 20);
    assertThat(taken()).isEqualTo(numbers(0, 20));
  }

  @Test
  void followsAFileThatIsCutAndFilledAgain() throws Exception {
    file.appendLines(0, 5);
    Source unused = start("follow: true");
    context.intake().awaitTaken(5);
    clock.awaitWaiting(2);
    Files.write(file.path(), new byte[0]);
    file.appendLines(5, 7);
    clock.advanceUntil("it started over", () -> taken().size() == 7);
    assertThat(taken()).isEqualTo(numbers(0, 7));
  }

  @Test
  void seesEachRotationWhileItWaitsForRoom() throws Exception {
    file.appendLines(0, 3);
    Source unused = start("follow: true");
    context.intake().awaitTaken(3);
    clock.awaitWaiting(2);
    context.intake().block();
    file.appendLines(3, 4);
    clock.advanceUntil("it waits for room", () -> context.intake().isBlocked());
    for (int number = 4; number < 10; number++) {
      Files.delete(file.path());
      file.appendLines(number, number + 1);
      clock.awaitWaiting(1);
      clock.advance(StateWatch.LOOK_AGAIN);
      clock.awaitWaiting(1); // it has looked
    }
    context.intake().release();
    clock.advanceUntil("all are taken", () -> taken().size() == 10);
    assertThat(taken()).isEqualTo(numbers(0, 10));
    assertThat(context.intake().uncounted()).isEmpty();
  }

  @Test
  void startsToFollowAFileThatIsNotThere() throws Exception {
    Source source = start("follow: true");
    clock.awaitWaiting(2);
    assertThat(source.check()).isEqualTo(Health.degraded(file.path() + " does not exist"));
    file.appendLines(0, 2);
    clock.advanceUntil("it is read", () -> taken().size() == 2);
    assertThat(source.check()).isEqualTo(Health.up());
  }

  @Test
  void readsWhatPowerShellWrites() throws Exception {
    String lines = "\uFEFF" + TestingFile.line(0).replace("\n", "\r\n") + TestingFile.line(1);
    Files.write(file.path(), lines.getBytes(StandardCharsets.UTF_16LE));
    awaitEnd(start(""));
    assertThat(taken()).containsExactly(0, 1);
  }

  @Test
  void readsStandardInputWithoutAPosition() throws Exception {
    String lines = TestingFile.line(0) + TestingFile.line(1);
    InputStream in = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    awaitEnd(start("path: \"-\"", in));
    assertThat(taken()).containsExactly(0, 1);
    assertThat(context.intake().resumePosition()).isEmpty();
  }

  @Test
  void namesStandardInputInItsMessages() throws Exception {
    InputStream in = new ByteArrayInputStream(new byte[] {'{', '\n'});
    assertThat(failureOf(start("path: \"-\"", in))).startsWith("standard input:1: not JSON: ");
  }

  @Test
  void emitsWhatStandardInputGaveBeforeItWaitsForMore() throws Exception {
    try (PipedOutputStream out = new PipedOutputStream()) {
      Source source = start("path: \"-\"", new PipedInputStream(out));
      out.write(TestingFile.line(0).getBytes(StandardCharsets.UTF_8));
      out.flush();
      context.intake().awaitTaken(1);
      source.close();
      assertThat(end(source)).isNotDone();
    }
  }

  @Test
  void doesNotStartWithoutItsFile() throws IOException {
    assertThatThrownBy(() -> start(""))
        .isInstanceOf(SourceException.class)
        .hasMessage("path " + file.path() + " does not exist");
    assertThatThrownBy(() -> start("path: " + folder, InputStream.nullInputStream()))
        .isInstanceOf(SourceException.class)
        .hasMessage("path " + folder + " is a folder, not a file");
  }
}
