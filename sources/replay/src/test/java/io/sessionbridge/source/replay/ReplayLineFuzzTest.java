package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sessionbridge.event.EventFormatException;
import io.sessionbridge.event.Observation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any bytes as a file: each line is an event or has a fault, however the bytes arrive. */
class ReplayLineFuzzTest {

  @FuzzTest
  void isAnEventOrRefused(byte[] bytes) throws IOException {
    List<Line> lines = lines(new ByteArrayInputStream(bytes));
    long end = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).end();
    assertThat(end).isEqualTo(bytes.length);
    lines.forEach(ReplayLineFuzzTest::translate);
    assertThat(texts(lines(inTwo(bytes)))).isEqualTo(texts(lines));
  }

  private static InputStream inTwo(byte[] bytes) {
    int half = bytes.length / 2;
    return new SequenceInputStream(
        new ByteArrayInputStream(bytes, 0, half),
        new ByteArrayInputStream(bytes, half, bytes.length - half));
  }

  private static List<Line> lines(InputStream in) throws IOException {
    LineReader reader = new LineReader(in);
    List<Line> lines = new ArrayList<>();
    for (Line line = reader.read(); line != null; line = reader.read()) {
      lines.add(line);
    }
    @Nullable Line rest = reader.readRest();
    if (rest != null) {
      lines.add(rest);
    }
    return lines;
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream()
        .map(line -> line.number() + " to " + line.end() + " " + Arrays.toString(line.bytes()))
        .toList();
  }

  private static void translate(Line line) {
    if (line.isBlank()) {
      return;
    }
    Observation event;
    try {
      event = ReplayTranslator.translate(line.text());
    } catch (EventFormatException refused) {
      assertThat(refused.getMessage())
          .isNotBlank()
          .doesNotContain("com.fasterxml", "JsonReadFeature", "StreamRead", "enable");
      return;
    }
    assertThat(event.time()).isNotNull();
    assertThat(event.data().kind()).isNotNull();
  }
}
