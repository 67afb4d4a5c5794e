package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LineReaderTest {

  private static LineReader of(String text) {
    return new LineReader(stream(text), 0, 0);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Line line) {
    return new String(line.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void countsLinesAndBytes() throws Exception {
    LineReader reader = of("one\r\n\ntwo");
    Line one = reader.read();
    assertThat(text(one)).isEqualTo("one");
    assertThat(one.number()).isEqualTo(1);
    assertThat(one.end()).isEqualTo(5);
    Line blank = reader.read();
    assertThat(blank.isBlank()).isTrue();
    assertThat(blank.end()).isEqualTo(6);
    assertThat(reader.read()).isNull();
    Line two = reader.readRest();
    assertThat(text(two)).isEqualTo("two");
    assertThat(two.number()).isEqualTo(3);
    assertThat(two.terminated()).isFalse();
    assertThat(reader.readRest()).isNull();
  }

  @Test
  void dropsAByteOrderMarkInTheFirstLineAlone() throws Exception {
    LineReader reader = of("\uFEFFone\n\uFEFFtwo\n");
    assertThat(text(reader.read())).isEqualTo("one");
    assertThat(text(reader.read())).isEqualTo("\uFEFFtwo");
  }

  @Test
  void putsALineTogetherThatComesInPieces() throws Exception {
    InputStream pieces = new SequenceInputStream(stream("on"), stream("e\ntw"));
    LineReader reader = new LineReader(pieces, 100, 7);
    Line one = reader.read();
    assertThat(text(one)).isEqualTo("one");
    assertThat(one.end()).isEqualTo(104);
    assertThat(one.number()).isEqualTo(8);
  }

  @Test
  void holdsTheLongestLineAndNoLongerOne() throws Exception {
    LineReader reader =
        of("x".repeat(Line.LONGEST) + "\n" + "y".repeat(Line.LONGEST + 1) + "\nz\n");
    Line longest = reader.read();
    assertThat(longest.isTooLong()).isFalse();
    assertThat(longest.bytes()).hasSize(Line.LONGEST);
    Line tooLong = reader.read();
    assertThat(tooLong.isTooLong()).isTrue();
    assertThat(tooLong.length()).isEqualTo(Line.LONGEST + 1);
    assertThat(tooLong.bytes()).isEmpty();
    assertThat(tooLong.isBlank()).isFalse();
    assertThat(text(reader.read())).isEqualTo("z");
  }
}
