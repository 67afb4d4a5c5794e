package io.sessionbridge.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * One flat object: id, time, recordedtime and sequence, then the fields. For tools that load JSON
 * lines into a table. {@code replay} reads it back.
 */
final class JsonFormat implements EventFormat {

  @Override
  public EncodedEvent encode(SessionEvent event) {
    return new EncodedEvent(event, body(event), SessionEvent.DATA_CONTENT_TYPE, List.of());
  }

  private static byte[] body(SessionEvent event) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(event.json().length + 192);
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", event.id());
      json.writeStringField("time", Rfc3339.format(event.time()));
      json.writeStringField("recordedtime", Rfc3339.format(event.recordedTime()));
      json.writeStringField("sequence", event.sequence());
      EventJson.writeFields(event.data(), json);
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }
}
