package io.sessionbridge.format;

import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.util.List;

/**
 * One flat object: id, time, recordedtime and sequence, then the fields as stored in the journal.
 * For tools that load JSON lines into a table. {@code replay} can read it.
 */
final class JsonFormat implements EventFormat {

  @Override
  public String bodyBeginning() {
    return "{\"id\":\"";
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    return new EncodedEvent(event, body(event), SessionEvent.DATA_CONTENT_TYPE, List.of());
  }

  private static byte[] body(SessionEvent event) {
    JsonObjectBytes json = new JsonObjectBytes(event.json().length + 192);
    json.put("id", event.id());
    json.put("time", Rfc3339.format(event.time()));
    json.put("recordedtime", Rfc3339.format(event.recordedTime()));
    json.put("sequence", event.sequence());
    json.putMembersOf(event.json());
    return json.end();
  }
}
