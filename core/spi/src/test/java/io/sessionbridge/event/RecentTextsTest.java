package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept from one event to the next never shows in another event. */
class RecentTextsTest {

  private final Random random = new Random(3);

  @Test
  void givesTheTextOfTheBytesWhateverCameBefore() {
    RecentTexts texts = new RecentTexts();
    for (int i = 0; i < 50_000; i++) {
      String text = "é€".substring(random.nextInt(3)) + Integer.toHexString(random.nextInt(300));
      byte[] bytes = ("#" + text + "#").getBytes(UTF_8);
      assertThat(texts.of(bytes, 1, bytes.length - 2)).isEqualTo(text);
    }
    assertThat(texts.of(new byte[0], 0, 0)).isEmpty();
    byte[] longer = "x".repeat(500).getBytes(UTF_8);
    assertThat(texts.of(longer, 0, 500)).hasSize(500);
  }

  @Test
  void givesTheSameObjectForTheSameText() {
    byte[] bytes = "2f1c7d5e-5b2a-5c7e-9d6f-0a1b2c3d4e5f".getBytes(UTF_8);
    RecentTexts texts = new RecentTexts();
    assertThat(texts.of(bytes.clone(), 0, bytes.length)).isSameAs(texts.of(bytes, 0, bytes.length));
  }

  @Test
  void findsEachKindInBytes() {
    for (Kind kind : Kind.values()) {
      byte[] bytes = ("\"" + kind.wireName() + "\"").getBytes(UTF_8);
      assertThat(Kind.ofWireName(bytes, 1, bytes.length - 1)).contains(kind);
      assertThat(Kind.ofWireName(bytes, 0, bytes.length)).isEmpty();
    }
  }

  @Test
  void formatsTimesOfManyDaysInAnyOrder() {
    DateTimeFormatter other =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    for (int i = 0; i < 20_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              (random.nextInt(60_000) - 30_000) * 86_400L / (1 + i % 7) + random.nextInt(86_400),
              random.nextInt(1_000_000) * 1000L);
      assertThat(Rfc3339.format(time)).isEqualTo(other.format(time));
      assertThat(Rfc3339.ofMicros(Rfc3339.toMicros(time))).isEqualTo(time);
    }
  }
}
