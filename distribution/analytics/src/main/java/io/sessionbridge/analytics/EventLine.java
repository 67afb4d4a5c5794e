package io.sessionbridge.analytics;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes lines of the format {@code json} of records in any of the formats {@code
 * cloudevents_binary}, {@code cloudevents} and {@code json}.
 */
final class EventLine {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String[] ATTRIBUTES = {"source", "id", "time", "recordedtime", "sequence"};

  private final OutputStream out;

  EventLine(OutputStream out) {
    this.out = out;
  }

  /** Writes a line; false if the record is no event. */
  boolean write(ConsumerRecord<byte[], byte[]> record) throws IOException {
    byte[] value = record.value();
    if (value == null) {
      return false;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(value.length + 256);
    try (JsonParser from = JSON.createParser(value);
        JsonGenerator to = JSON.createGenerator(line)) {
      to.writeStartObject();
      for (String name : ATTRIBUTES) {
        Header header = record.headers().lastHeader("ce_" + name);
        if (header != null) {
          to.writeStringField(name, new String(header.value(), StandardCharsets.UTF_8));
        }
      }
      if (from.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      copyFields(from, to);
      to.writeEndObject();
    } catch (JacksonException e) {
      return false;
    }
    line.write('\n');
    line.writeTo(out);
    return true;
  }

  /** The fields of an object; those of the CloudEvent's data as if they stood beside it. */
  private static void copyFields(JsonParser from, JsonGenerator to) throws IOException {
    while (from.nextToken() == JsonToken.FIELD_NAME) {
      boolean data = from.currentName().equals("data");
      JsonToken value = from.nextToken();
      if (data && value == JsonToken.START_OBJECT) {
        copyFields(from, to);
      } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
        from.skipChildren();
      } else {
        to.writeFieldName(from.currentName());
        to.copyCurrentEvent(from);
      }
    }
  }
}
