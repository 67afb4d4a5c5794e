package io.sessionbridge.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionbridge.health.Health;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Writes the bodies for people and probes. One line each. */
final class Json {

  private static final JsonFactory JSON = new JsonFactory();

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private Json() {}

  /** An error response. */
  static Answer error(int code, String message) throws IOException {
    return answer(code, out -> out.writeStringField("error", message));
  }

  /** An overall status, and the components that it results from. */
  static Answer state(int code, String status, List<Component> components) throws IOException {
    return answer(
        code,
        out -> {
          out.writeStringField("status", status);
          out.writeArrayFieldStart("components");
          for (Component component : components) {
            write(component, out);
          }
          out.writeEndArray();
        });
  }

  private static void write(Component component, JsonGenerator out) throws IOException {
    Health health = component.health();
    out.writeStartObject();
    out.writeStringField("kind", component.kind());
    if (!component.id().isEmpty()) {
      out.writeStringField("id", component.id());
    }
    out.writeStringField("status", word(health.status()));
    if (!health.detail().isEmpty()) {
      out.writeStringField("message", health.detail());
    }
    out.writeEndObject();
  }

  static String word(Health.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static Answer answer(int code, Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
      out.writeRaw('\n');
    }
    return new Answer(code, "application/json", bytes.toByteArray());
  }
}
