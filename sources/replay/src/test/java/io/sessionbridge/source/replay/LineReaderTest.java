package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LineReaderTest {

  private static LineReader of(String text) {
    return new LineReader(stream(text));
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
    LineReader reader = new LineReader(pieces, TextEncoding.UTF_8, 100, 7);
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

  @ParameterizedTest
  @EnumSource(TextEncoding.class)
  void cutsLinesOfEveryEncodingAtEveryBoundary(TextEncoding encoding) throws Exception {
    String text = "\uFEFFone\u0A0A\r\n \t\n\u0A00\uD83D\uDE00two";
    byte[] bytes =
        text.getBytes(
            switch (encoding) {
              case UTF_8 -> StandardCharsets.UTF_8;
              case UTF_16LE -> StandardCharsets.UTF_16LE;
              case UTF_16BE -> StandardCharsets.UTF_16BE;
            });
    for (int first = 0; first <= bytes.length; first++) {
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream(bytes, 0, first),
              new ByteArrayInputStream(bytes, first, bytes.length - first));
      LineReader reader = new LineReader(in);
      List<Line> lines = new ArrayList<>();
      for (int ends = 0; ends < 3; ) {
        Line line = reader.read();
        if (line == null) {
          ends++;
        } else {
          lines.add(line);
        }
      }
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0).text()).isEqualTo("one\u0A0A");
      assertThat(lines.get(1).isBlank()).isTrue();
      Line rest = reader.readRest();
      assertThat(rest.text()).isEqualTo("\u0A00\uD83D\uDE00two");
      assertThat(rest.end()).isEqualTo(bytes.length);
    }
  }

  @Test
  void reportsInvalidText() throws Exception {
    byte[] half = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xD8, '\n', 0};
    Line line = new LineReader(new ByteArrayInputStream(half)).read();
    assertThatThrownBy(line::text).hasMessage("not UTF-16, as its byte order mark says");
  }
}
