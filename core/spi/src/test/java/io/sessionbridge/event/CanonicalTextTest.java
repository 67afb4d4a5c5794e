package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Finds the same as decoding. */
class CanonicalTextTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  /** Texts that look like JSON syntax, and characters that JSON escapes. */
  private static final List<String> PIECES =
      List.of(
          "a",
          "HOST-7",
          ",",
          ":",
          "{",
          "}",
          "\"",
          "\\",
          "\n",
          "\u0001",
          "\u007f",
          "ö",
          "漢",
          "😀",
          "host_name",
          "\"host_name\":\"",
          ",\"host_name\":\"x\"",
          "host_id",
          "\\u0041",
          "null");

  private final Random random = new Random(7);

  @Test
  void findsWhatDecodingFinds() throws Exception {
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      EventData data = randomData();
      for (Field<?> field : Field.all()) {
        if (field.type() == String.class) {
          Optional<String> text = event(data).text(textField(field));
          assertThat(text).as("%s in %s", field, data).isEqualTo(data.find(textField(field)));
          found += text.isPresent() ? 1 : 0;
        }
      }
    }
    assertThat(found).isGreaterThan(20_000);
  }

  @Test
  void readsTheHeadThatDecodingReads() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      EventData data = randomData();
      assertThat(EventHead.read(EventJson.write(data))).isEqualTo(EventHead.of(data));
    }
  }

  @Test
  void decodesNoMoreThanItNeeds() throws Exception {
    EventData data = EventData.builder(Kind.LOCK).put(Field.HOST_ID, "h1").build();
    byte[] json =
        "{\"kind\":\"lock\",\"host_id\":\"h1\",\"host_name\":\"A\",\"remote\":?}".getBytes(UTF_8);
    byte[] record = EventRecord.encode("in", Observation.recorded(TIME, data, null));
    int envelope = record.length - EventJson.write(data).length;
    byte[] bytes = Arrays.copyOf(record, envelope + json.length);
    System.arraycopy(json, 0, bytes, envelope, json.length);
    SessionEvent event = EventRecord.decode(bytes).toEvent("/sessionbridge/h1", "ab", 1, TIME);
    assertThat(event.text(Field.HOST_NAME)).contains("A");
    assertThat(event.text(Field.HOST_FQDN)).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static Field<String> textField(Field<?> field) {
    return (Field<String>) field;
  }

  /** An event that has not been decoded. */
  private static SessionEvent event(EventData data) throws EventFormatException {
    byte[] record = EventRecord.encode("in", Observation.recorded(TIME, data, null));
    return EventRecord.decode(record).toEvent("/sessionbridge/h1", "ab", 1, TIME);
  }

  private EventData randomData() {
    Kind[] kinds = Kind.values();
    EventData.Builder data = EventData.builder(kinds[random.nextInt(kinds.length)]);
    data.put(Field.HOST_ID, "h" + randomText());
    if (random.nextBoolean()) {
      data.put(Field.SESSION_ID, random.nextLong() >> random.nextInt(64));
    }
    if (random.nextBoolean()) {
      data.put(Field.INFERRED, random.nextBoolean());
    }
    for (Field<?> field : Field.all()) {
      if (field.type() == String.class && random.nextInt(8) == 0 && !field.equals(Field.HOST_ID)) {
        data.put(textField(field), randomText());
      }
    }
    data.put(Field.HOST_NAME, random.nextBoolean() ? randomText() : null);
    if (random.nextInt(4) == 0) {
      data.putOther("x" + randomText(), randomText());
    }
    return data.build();
  }

  private String randomText() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
