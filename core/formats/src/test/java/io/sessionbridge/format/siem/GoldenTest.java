package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each format makes of {@link GoldenEvents}, byte for byte, one event a line. After a wanted
 * change: {@code mvn -pl core/formats test -Dtest=GoldenTest -Dgolden.write=true}, and read the
 * difference.
 */
class GoldenTest {

  private record Golden(SiemFormat format, GoldenEvents situation) {
    @Override
    public String toString() {
      return format + " " + situation;
    }
  }

  static Stream<Golden> goldens() {
    return SiemFormat.ALL.stream()
        .flatMap(
            format -> Stream.of(GoldenEvents.values()).map(events -> new Golden(format, events)));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void aFormatWritesWhatItWrote(Golden golden) throws IOException {
    Path file = golden.format().file(golden.situation());
    String lines =
        golden.situation().events().stream()
            .map(event -> body(golden.format().format(), event) + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    }
    assertThat(lines).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void everyBodyIsALineWithTheKnownBeginningThatMayNotBeCut(Golden golden) {
    EventFormat format = golden.format().format();
    List<String> bodies = new ArrayList<>();
    for (SessionEvent event : golden.situation().events()) {
      EncodedEvent encoded = format.encode(event);
      bodies.add(new String(encoded.body(), UTF_8));
      assertThat(encoded.cuttable()).isFalse();
      assertThat(encoded.attributes()).isEmpty();
    }
    assertThat(bodies)
        .isNotEmpty()
        .allSatisfy(
            body ->
                assertThat(body)
                    .startsWith(format.bodyBeginning())
                    .doesNotContainPattern("[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]"));
    assertThat(format.bodyBeginning()).isNotEmpty();
  }

  private static String body(EventFormat format, SessionEvent event) {
    return new String(format.encode(event).body(), UTF_8);
  }
}
