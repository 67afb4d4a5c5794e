package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import io.sessionbridge.testkit.SinkContract;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Files on a disk that fails on request. */
final class FileSinkTest extends SinkContract {

  private static final OwnLines OWN = OwnLines.beginningWith("{\"id\":\"");
  private static final Path LOGS = Path.of("/logs").toAbsolutePath();
  private static final Path PLAIN = LOGS.resolve("events.jsonl");

  private final ModelStorage storage = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final TestingEvents events = new TestingEvents("json");

  private Sink sink(String keys) {
    FileSinkConfig config = TestingConfig.read(FileSinkConfig.SPEC, "path: " + PLAIN + "\n" + keys);
    return new FileSink(config, storage, new Rotation(config, storage, clock), OWN);
  }

  private Sink connected(String keys) throws Exception {
    Sink sink = sink(keys);
    sink.connect();
    return sink;
  }

  @Override
  protected Sink create(SinkContext context) {
    return sink("");
  }

  @Override
  protected String format() {
    return "json";
  }

  @Override
  protected List<String> received() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path file : storage.list(LOGS)) {
      ids.addAll(TestingLines.ids(storage.bytes(file)));
    }
    return ids;
  }

  @Override
  protected void breakPeer() {
    storage.failAt(0, 1_000_000, "No space left on device");
  }

  @Override
  protected void healPeer() {
    storage.failAt(0, 0, "");
  }

  @Override
  protected EncodedEvent refused(TestingEvents from) {
    return TestingLines.noLine(from);
  }

  private List<String> names() throws IOException {
    return storage.list(LOGS).stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void namesTheFileAndTheFreeSpace() throws Exception {
    Sink sink = connected("");
    storage.usableSpace(5000);
    breakPeer();
    DeliveryResult result = sink.deliver(events.next(1));
    String message =
        "path "
            + PLAIN
            + " cannot be written: write /logs/events.jsonl: No space left on device"
            + " (4 KiB free)";
    assertThat(result.retry().orElseThrow().message()).isEqualTo(message);
    assertThat(sink.check().detail()).isEqualTo(message);
  }

  /** Whichever operation fails, the batch is in the file once after a retry. */
  @Test
  void writesNothingTwiceAfterAFailedWrite() throws Exception {
    for (long n = 0; n < 6; n++) {
      storage.remove(PLAIN);
      Sink sink = connected("");
      List<EncodedEvent> all = events.next(6);
      assertThat(sink.deliver(all.subList(0, 3))).isEqualTo(DeliveryResult.delivered(3));
      storage.failAt(n, 1, "Input/output error");
      DeliveryResult result = sink.deliver(all.subList(3, 6));
      healPeer();
      sink.connect();
      if (result.settled() == 0) {
        assertThat(sink.deliver(all.subList(3, 6))).isEqualTo(DeliveryResult.delivered(3));
      }
      assertThat(received()).as("operation %s", n).isEqualTo(TestingEvents.ids(all));
      sink.close();
    }
  }

  @Test
  void keepsWhatAnotherProgramWrote() throws Exception {
    Sink sink = connected("");
    sink.deliver(events.next(1));
    int size = storage.bytes(PLAIN).length;
    try (StorageFile other = storage.open(PLAIN)) {
      other.write(ByteBuffer.wrap("{\"id\":\"theirs\"}\n".getBytes(StandardCharsets.UTF_8)), size);
    }
    List<EncodedEvent> mine = events.next(1);
    DeliveryResult result = sink.deliver(mine);
    assertThat(result.retry().orElseThrow().message())
        .contains(
            "expected "
                + size
                + " bytes, found "
                + (size + 16)
                + ": does another program write to it?");
    sink.connect();
    sink.deliver(mine);
    assertThat(received()).hasSize(3).contains("theirs");
  }

  @Test
  void createsANewFileAfterADeletion() throws Exception {
    Sink sink = connected("");
    sink.deliver(events.next(1));
    storage.remove(PLAIN);
    List<EncodedEvent> more = events.next(2);
    assertThat(sink.deliver(more)).isEqualTo(DeliveryResult.delivered(2));
    assertThat(received()).isEqualTo(TestingEvents.ids(more));
  }

  @Test
  void continuesInTheFileAtThePath() throws Exception {
    Sink sink = connected("");
    List<EncodedEvent> all = events.next(4);
    sink.deliver(all.subList(0, 1));
    storage.rename(PLAIN, LOGS.resolve("events.1"));
    storage.put(PLAIN, new byte[0]);
    sink.deliver(all.subList(1, 3));
    assertThat(TestingLines.ids(storage.bytes(LOGS.resolve("events.1"))))
        .isEqualTo(TestingEvents.ids(all.subList(0, 1)));
    assertThat(TestingLines.ids(storage.bytes(PLAIN)))
        .isEqualTo(TestingEvents.ids(all.subList(1, 3)));
  }

  @Test
  void refusesAForeignFileAtThePath() throws Exception {
    Sink sink = connected("");
    sink.deliver(events.next(1));
    byte[] other = "[main]\nkey=value\n".getBytes(StandardCharsets.UTF_8);
    storage.remove(PLAIN);
    storage.put(PLAIN, other);
    DeliveryResult result = sink.deliver(events.next(1));
    assertThat(result.settled()).isZero();
    assertThat(result.retry().orElseThrow().message())
        .isEqualTo(
            "path "
                + PLAIN
                + " holds something else: choose another path or move the file away (its last line"
                + " is not an event)");
    assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class);
    assertThat(storage.bytes(PLAIN)).isEqualTo(other);
    storage.remove(PLAIN);
    List<EncodedEvent> more = events.next(1);
    sink.connect();
    sink.deliver(more);
    assertThat(received()).isEqualTo(TestingEvents.ids(more));
  }

  @Test
  void beginsAFileWhenTheOldOneIsFull() throws Exception {
    Sink sink = connected("rotate_bytes: 4KiB");
    for (int i = 0; i < 30; i++) {
      sink.deliver(events.next(1));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(names().size()).isGreaterThan(1);
    assertThat(names().get(0)).isEqualTo("events-20261120T080000.000Z.jsonl");
    for (Path file : storage.list(LOGS)) {
      assertThat(storage.bytes(file).length).isLessThanOrEqualTo(4096);
    }
    assertThat(received()).hasSize(30).isSortedAccordingTo((a, b) -> number(a) - number(b));
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(id.indexOf('-') + 1));
  }

  @Test
  void beginsAFileEveryDayAlsoAfterARestart() throws Exception {
    Sink first = connected("rotate_every: 1d");
    first.deliver(events.next(1));
    clock.advance(Duration.ofHours(23));
    first.close();
    Sink second = connected("rotate_every: 1d");
    second.deliver(events.next(1));
    assertThat(names()).containsExactly("events-20261120T080000.000Z.jsonl");
    clock.advance(Duration.ofHours(1));
    second.deliver(events.next(1));
    assertThat(names())
        .containsExactly("events-20261120T080000.000Z.jsonl", "events-20261121T080000.000Z.jsonl");
    assertThat(received()).hasSize(3);
  }

  @Test
  void keepsTheNewestOfItsOwnFilesAndAllOthers() throws Exception {
    List<String> others =
        List.of("events.jsonl", "events-old.jsonl", "events-20261399T080000.000Z.jsonl", "a.txt");
    for (String other : others) {
      storage.put(LOGS.resolve(other), new byte[0]);
    }
    Sink sink = connected("rotate_every: 1h\nkeep: 2");
    for (int i = 0; i < 5; i++) {
      sink.deliver(events.next(1));
      clock.advance(Duration.ofHours(1));
    }
    assertThat(names())
        .contains(others.toArray(String[]::new))
        .contains("events-20261120T110000.000Z.jsonl", "events-20261120T120000.000Z.jsonl")
        .hasSize(6);
  }

  @Test
  void keepsItsOrderWhenTheClockIsSetBack() throws Exception {
    Sink sink = connected("rotate_every: 1h\nkeep: 2");
    sink.deliver(events.next(1));
    clock.jump(Instant.parse("2020-01-01T00:00:00Z"));
    sink.deliver(events.next(1));
    assertThat(names()).hasSize(1);
    clock.advance(Duration.ofHours(1));
    sink.deliver(events.next(1));
    assertThat(names())
        .containsExactly("events-20261120T080000.000Z.jsonl", "events-20261120T080000.001Z.jsonl");
    assertThat(received()).hasSize(3).isSorted();
  }

  @Test
  void doesNotForceIfConfigured() throws Exception {
    Sink sink = connected("force: false");
    long before = storage.operations();
    sink.deliver(events.next(1));
    assertThat(storage.operations() - before).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void reportsThatAFolderIsNotAFile() {
    Storage disk = new io.sessionbridge.storage.FileStorage();
    FileSinkConfig config = TestingConfig.read(FileSinkConfig.SPEC, "path: " + folder);
    Sink sink = new FileSink(config, disk, new Rotation(config, disk, clock), OWN);
    assertThatThrownBy(sink::connect)
        .isInstanceOf(DeliveryException.class)
        .hasMessage("path " + folder + " cannot be written: Is a directory");
  }
}
