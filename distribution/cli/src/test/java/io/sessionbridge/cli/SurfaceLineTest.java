package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceLineTest {

  private static final SurfaceLine TOPIC =
      SurfaceLine.parse("key sink kafka topic = text, required");
  private static final SurfaceLine LOCK = SurfaceLine.parse("file lock");

  @Test
  void readsWhatItWrites() {
    assertThat(TOPIC).hasToString("key sink kafka topic = text, required");
    assertThat(LOCK).hasToString("file lock");
  }

  @Test
  void findsNothingWhereNothingDiffers() {
    assertThat(SurfaceLine.differences(List.of(TOPIC, LOCK), List.of(LOCK, TOPIC))).isEmpty();
  }

  @Test
  void saysWhatUsersLoseByAMissingLine() {
    assertThat(SurfaceLine.differences(List.of(TOPIC, LOCK), List.of(TOPIC)))
        .containsExactly(
            "Missing: `file lock`. Keep it: without it, the next start does not find what an"
                + " earlier version stored, and events are lost.");
  }

  @Test
  void saysWhatUsersLoseByAChangedLine() {
    assertThat(
            SurfaceLine.differences(
                List.of(TOPIC), List.of(SurfaceLine.parse("key sink kafka topic = text"))))
        .containsExactly(
            "Changed: `key sink kafka topic` was `text, required`, is `text`. Change the line only"
                + " if no user can notice; otherwise, a configuration that has the key is refused,"
                + " or means something else, after an upgrade.");
  }

  @Test
  void asksForTheNewLine() {
    assertThat(SurfaceLine.differences(List.of(LOCK), List.of(TOPIC, LOCK)))
        .containsExactly(
            "New: `key sink kafka topic = text, required`. Growing is fine: add this line to the"
                + " file.");
  }
}
