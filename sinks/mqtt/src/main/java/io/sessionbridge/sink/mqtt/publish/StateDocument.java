package io.sessionbridge.sink.mqtt.publish;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.SessionState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of the host as JSON. The names are those of event fields; unknown values are absent.
 * Contains only the status of the agent's health: the detail may name servers and files.
 */
public final class StateDocument {

  static final String CONTENT_TYPE = "application/json";

  private final Host host;
  private final Optional<String> keyId;

  /**
   * @param keyId the id of the key of the pseudonyms, as in events
   */
  public StateDocument(Host host, Optional<String> keyId) {
    this.host = host;
    this.keyId = keyId;
  }

  Host host() {
    return host;
  }

  /**
   * @param most the maximum number of sessions; the others are counted
   */
  byte[] of(HostState state, int most) {
    List<SessionState> shown = state.sessions().subList(0, Math.min(most, state.sessions().size()));
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("time", Rfc3339.format(state.time()));
      writeHost(json);
      json.writeStringField("health", word(state.health().status()));
      if (state.activity().isPresent()) {
        write(state.activity().get(), json);
      }
      write(state.condition(), json);
      json.writeArrayFieldStart("sessions");
      for (SessionState session : shown) {
        json.writeStartObject();
        write(session, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      if (shown.size() < state.sessions().size()) {
        json.writeNumberField("sessions_left_out", state.sessions().size() - shown.size());
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private static void write(HostCondition condition, JsonGenerator json) throws IOException {
    if (condition.presence().isPresent()) {
      json.writeStringField("presence", word(condition.presence().get()));
    }
    if (condition.display().isPresent()) {
      json.writeStringField("display", word(condition.display().get()));
    }
    if (condition.onBattery().isPresent()) {
      json.writeBooleanField("on_battery", condition.onBattery().get());
    }
    if (condition.displayRequested().isPresent()) {
      json.writeBooleanField("display_requested", condition.displayRequested().get());
    }
  }

  /** Only the activity; unknown until it is determined. */
  byte[] ofActivity(HostState state) {
    return object(
        json -> {
          if (state.activity().isPresent()) {
            write(state.activity().get(), json);
          } else {
            json.writeStringField("activity", HostActivity.State.UNKNOWN.wireName());
          }
        });
  }

  /** Only one session. */
  byte[] ofSession(SessionState session) {
    return object(json -> write(session, json));
  }

  /** Writes the fields of an object. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private byte[] object(Fields fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder();
        JsonGenerator json = EventJson.FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      writeHost(json);
      fields.write(json);
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }

  private void writeHost(JsonGenerator json) throws IOException {
    json.writeStringField("host_id", host.id());
    json.writeStringField("host_name", host.name());
    if (keyId.isPresent()) {
      json.writeStringField("key_id", keyId.get());
    }
  }

  private static void write(HostActivity activity, JsonGenerator json) throws IOException {
    json.writeStringField("activity", activity.state().wireName());
    json.writeStringField("since", Rfc3339.format(activity.since()));
    json.writeStringField("basis", activity.basis());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void write(SessionState session, JsonGenerator json) throws IOException {
    json.writeNumberField("session_id", session.sessionId());
    if (session.sessionKey().isPresent()) {
      json.writeStringField("session_key", session.sessionKey().get());
    }
    if (session.userName().isPresent()) {
      json.writeStringField("user_name", session.userName().get());
    }
    if (session.userDomain().isPresent()) {
      json.writeStringField("user_domain", session.userDomain().get());
    }
    if (session.locked().isPresent()) {
      json.writeBooleanField("locked", session.locked().get());
    }
    if (session.connected().isPresent()) {
      json.writeBooleanField("connected", session.connected().get());
    }
    if (session.state().isPresent()) {
      json.writeStringField("state", session.state().get().wireName());
    }
    if (session.since().isPresent()) {
      json.writeStringField("since", Rfc3339.format(session.since().get()));
    }
    json.writeStringField("last_kind", session.lastKind().wireName());
    json.writeStringField("last_time", Rfc3339.format(session.lastTime()));
  }
}
