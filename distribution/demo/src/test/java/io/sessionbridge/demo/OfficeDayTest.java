package io.sessionbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OfficeDayTest {

  private static final Pattern LINE = Pattern.compile("\\{\"time\":\"([^\"]+)\",(.*)");

  /** As it is shipped. */
  private static String committed() throws IOException {
    try (InputStream file = OfficeDay.class.getResourceAsStream("/office-day.jsonl")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theCommittedFileIsWhatIsGenerated() throws Exception {
    assertThat(committed()).isEqualTo(OfficeDay.text());
  }

  @Test
  void hasAsManyLinesAsItIsSaidToHave() throws Exception {
    assertThat(committed().lines()).hasSize(412);
  }

  @Test
  void isOrderedByTimeFromOneMorningToTheNext() throws Exception {
    List<Instant> times =
        committed()
            .lines()
            .map(OfficeDayTest::parts)
            .map(line -> Instant.parse(line.group(1)))
            .toList();

    assertThat(times).isSorted();
    assertThat(times.get(0)).isBetween("2026-11-20T06:00:00Z", "2026-11-20T06:10:00Z");
    assertThat(times.get(times.size() - 1))
        .isBetween("2026-11-21T07:00:00Z", "2026-11-21T08:00:00Z");
  }

  /** Not counting the time: what a consumer compares are contents. */
  @Test
  void noTwoLinesSayTheSame() throws Exception {
    assertThat(committed().lines().map(line -> parts(line).group(2))).doesNotHaveDuplicates();
  }

  @Test
  void everyLineIsAnEventOfKnownFields() throws Exception {
    for (String line : committed().lines().toList()) {
      String data = "{" + parts(line).group(2);
      var event = EventJson.read(data.getBytes(StandardCharsets.UTF_8));

      assertThat(event.others()).isEmpty();
      assertThat(event.has(Field.HOST_NAME)).isTrue();
      assertThat(event.toString()).isEqualTo(data);
    }
  }

  /** A session is created before anything else happens in it, and has no event after its end. */
  @Test
  void everySessionHasABeginning() throws Exception {
    List<String> known = new ArrayList<>();
    for (String line : committed().lines().toList()) {
      var event = EventJson.read(("{" + parts(line).group(2)).getBytes(StandardCharsets.UTF_8));
      String session = event.get(Field.HOST_NAME) + "/" + event.get(Field.SESSION_ID);
      switch (event.kind()) {
        case SESSION_CREATE, SESSION_PRESENT -> {
          assertThat(known).doesNotContain(session);
          known.add(session);
        }
        case HOST_SUSPEND, HOST_RESUME -> assertThat(event.has(Field.SESSION_ID)).isFalse();
        case SESSION_TERMINATE -> assertThat(known.remove(session)).isTrue();
        default -> assertThat(known).contains(session);
      }
    }
  }

  private static Matcher parts(String line) {
    Matcher parts = LINE.matcher(line);
    assertThat(parts.matches()).as(line).isTrue();
    return parts;
  }
}
