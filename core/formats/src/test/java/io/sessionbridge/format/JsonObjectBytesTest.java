package io.sessionbridge.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionbridge.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jackson would write the same. */
class JsonObjectBytesTest {

  private final Random random = new Random(3);

  @Test
  void writesEachCharacterAsJacksonDoes() throws Exception {
    for (int c = 1; c < 0x3000; c++) {
      assertSame("a" + (char) c);
    }
  }

  @Test
  void writesTextsOfEachLengthAsJacksonDoes() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      assertSame(
          random
              .ints(random.nextInt(300), 1, random.nextBoolean() ? 0x80 : Character.MIN_SURROGATE)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
  }

  @Test
  void copiesObjects() {
    byte[] object = "{\"x\":1,\"y\":\"}\"}".getBytes(UTF_8);
    JsonObjectBytes json = new JsonObjectBytes(0);
    json.putMembersOf(object);
    json.put("a", "");
    json.putObject("data", object);
    json.putMembersOf(object);
    assertThat(new String(json.end(), UTF_8))
        .isEqualTo(
            "{\"x\":1,\"y\":\"}\",\"a\":\"\",\"data\":{\"x\":1,\"y\":\"}\"},\"x\":1,\"y\":\"}\"}");
  }

  private static void assertSame(String text) throws IOException {
    JsonObjectBytes json = new JsonObjectBytes(16);
    json.put("name", text);
    json.put("next", text);
    assertThat(json.end()).as(text).isEqualTo(byJackson(text));
  }

  private static byte[] byJackson(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("name", text);
      json.writeStringField("next", text);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
