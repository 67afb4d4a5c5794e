package io.sessionbridge.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sink cuts from an existing file, and what it keeps. */
final class FileEndTest {

  private static final Path FILE = Path.of("/logs/events.jsonl").toAbsolutePath();
  private static final String LINE = "{\"id\":\"e-1\",\"kind\":\"lock\"}";
  private static final String BLANK = "\0".repeat(512);

  private final ModelStorage storage = new ModelStorage();
  private final List<EncodedEvent> next = new TestingEvents("json").next(1);
  private final String nextLine = new String(next.get(0).body(), StandardCharsets.UTF_8) + "\n";

  private FileSink sink(String beginning) {
    FileSinkConfig config = TestingConfig.read(FileSinkConfig.SPEC, "path: " + FILE);
    return new FileSink(
        config,
        storage,
        new Rotation(config, storage, new TestingClock()),
        OwnLines.beginningWith(beginning));
  }

  /** The file after one event was appended to this content. */
  private String after(String content) throws Exception {
    return after(content, "{\"id\":\"");
  }

  private String after(String content, String beginning) throws Exception {
    storage.put(FILE, content.getBytes(StandardCharsets.UTF_8));
    FileSink sink = sink(beginning);
    sink.connect();
    assertThat(sink.deliver(next).settled()).isEqualTo(1);
    sink.close();
    String all = new String(storage.bytes(FILE), StandardCharsets.UTF_8);
    assertThat(all).endsWith(nextLine);
    return all.substring(0, all.length() - nextLine.length());
  }

  private void refused(String content, String why) {
    byte[] before = content.getBytes(StandardCharsets.UTF_8);
    storage.put(FILE, before);
    FileSink sink = sink("{\"id\":\"");
    String message =
        "path "
            + FILE
            + " holds something else: choose another path or move the file away ("
            + why
            + ")";
    assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
    assertThat(sink.check().detail()).isEqualTo(message);
    sink.close();
    assertThat(storage.bytes(FILE)).isEqualTo(before);
  }

  @Test
  void continuesAfterWholeLines() throws Exception {
    assertThat(after("")).isEmpty();
    assertThat(after(LINE + "\n")).isEqualTo(LINE + "\n");
    assertThat(after("not an event\n" + LINE + "\n")).isEqualTo("not an event\n" + LINE + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"id", "{\"id\":\"e-2\",\"kind\":\"lo", "{\"kind\":\"lock\""})
  void cutsAnIncompleteEventAfterALine(String fragment) throws Exception {
    assertThat(after(LINE + "\n" + fragment)).isEqualTo(LINE + "\n");
    assertThat(after(LINE + "\n" + fragment + BLANK)).isEqualTo(LINE + "\n");
  }

  @Test
  void cutsAnIncompleteEventAtTheStartOfTheFile() throws Exception {
    assertThat(after("{\"id\":\"e-2\",\"kind\":\"lo")).isEmpty();
  }

  @Test
  void addsAMissingLineEndToAWholeEvent() throws Exception {
    assertThat(after(LINE + "\n" + LINE)).isEqualTo(LINE + "\n" + LINE + "\n");
    assertThat(after(LINE)).isEqualTo(LINE + "\n");
  }

  @Test
  void cutsBlankSectorsAtTheEnd() throws Exception {
    assertThat(after(BLANK)).isEmpty();
    assertThat(after(LINE + "\n" + BLANK.repeat(3))).isEqualTo(LINE + "\n");
  }

  @Test
  void keepsLinesAroundBlankSectors() throws Exception {
    String torn = LINE + "\n{\"id\":\"" + BLANK + "\"}\n" + LINE + "\n";
    assertThat(after(torn)).isEqualTo(torn);
    assertThat(after(torn + "{\"id\":\"e")).isEqualTo(torn);
    assertThat(after(torn + BLANK + "\"}")).isEqualTo(torn + BLANK + "\"}\n");
    assertThat(after(LINE + "\n" + BLANK + "ck\"}\n")).isEqualTo(LINE + "\n" + BLANK + "ck\"}\n");
    assertThat(after(BLANK + "ck\"}\n")).isEqualTo(BLANK + "ck\"}\n");
    assertThat(after(BLANK + "ck\"}\n{\"id\":")).isEqualTo(BLANK + "ck\"}\n");
  }

  @Test
  void refusesALongFileWithoutALineEnd() {
    refused("x".repeat(300_000), "its last 300000 bytes have no line end and are not an event");
    refused("{\"id\":\"" + "x".repeat(2 << 20), "its last 2097159 bytes have no line end");
    refused(LINE + "\n{\"id\":\"" + "x".repeat(2 << 20), "its last 2097159 bytes have no line end");
    refused("x".repeat(18 << 20), "no line end in its last 17891328 bytes");
  }

  @Test
  void refusesTextOfAnotherKind() {
    refused("[main]\nkey=value\n", "its last line is not an event");
    refused("{\"name\":\"a\"}\n", "its last line is not an event");
    refused("\n", "its last line is not an event");
    refused("key=value", "its last 9 bytes have no line end and are not an event");
    refused(LINE + "\nkey=value", "its last 9 bytes have no line end and are not an event");
  }

  @Test
  void refusesBinaryFiles() {
    refused("PK\3\4" + BLANK + "\n", "it is binary");
    refused(BLANK + "\1\2\n", "it is binary");
    refused("\0".repeat(18 << 20), "its last 17891328 bytes are zeros");
  }

  @Test
  void continuesAfterAChangeOfTheFormat() throws Exception {
    String cloudEvents = "{\"specversion\":\"1.0\",\"id\":\"";
    assertThat(after(LINE + "\n" + cloudEvents + "e", cloudEvents)).isEqualTo(LINE + "\n");
  }

  @Test
  void cutsNothingOfAFormatWithoutAFixedBeginning() throws Exception {
    String sentence = "kim locked session 2 on HOST7\n";
    assertThat(after(sentence, "")).isEqualTo(sentence);
    assertThat(after(sentence + "kim unlo", "")).isEqualTo(sentence + "kim unlo\n");
    assertThat(after(sentence + BLANK, "")).isEqualTo(sentence);
  }
}
