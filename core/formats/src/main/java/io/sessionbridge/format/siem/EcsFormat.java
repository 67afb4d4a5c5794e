package io.sessionbridge.format.siem;

import com.google.common.math.LongMath;
import io.sessionbridge.event.Elapsed;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.format.SentenceFormat;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Elastic Common Schema: one JSON document. Fields without a counterpart in ECS are in {@code
 * sessionbridge}.
 */
final class EcsFormat implements EventFormat {

  /** The version of ECS. */
  static final String VERSION = "9.4.0";

  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long MILLIS = 1_000L;

  private static final OtherFields OTHERS =
      new OtherFields(
          Set.of(
              Field.KIND,
              Field.HOST_ID,
              Field.HOST_NAME,
              Field.HOST_FQDN,
              Field.HOST_DOMAIN,
              Field.BOOT_ID,
              Field.USER_NAME,
              Field.USER_DOMAIN,
              Field.USER_SID,
              Field.CLIENT_NAME,
              Field.CLIENT_ADDRESS,
              Field.REASON,
              Field.LOCAL_OFFSET));

  private final Product product;

  EcsFormat(Product product) {
    this.product = product;
  }

  @Override
  public String bodyBeginning() {
    return "{\"@timestamp\":\"";
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    JsonTree json = new JsonTree();
    EventData data = event.data();
    json.put("@timestamp", Rfc3339.format(event.time()));
    json.put("message", SentenceFormat.sentence(data));
    json.put("ecs.version", VERSION);
    putEvent(event, data, json);
    putHost(event.kind(), data, json);
    putUser(data, json);
    putClient(data, json);
    putRelated(data, json);
    json.put("agent.type", "sessionbridge");
    json.put("agent.version", product.version());
    JsonTree own = json.child("sessionbridge");
    Sequences.putOrigin(event, own);
    WallClock.of(event).ifPresent(local -> putLocal(local, own));
    OTHERS.forEach(data, own::putMember, own::putMember);
    return json.toBody(event);
  }

  /** For rules about working hours: ECS only has the offset, and rules cannot do arithmetic. */
  private static void putLocal(OffsetDateTime local, JsonTree own) {
    own.put("local_hour", local.getHour());
    own.put("local_weekday", local.getDayOfWeek().getValue());
  }

  private void putEvent(SessionEvent event, EventData data, JsonTree json) {
    Kind kind = event.kind();
    EcsKind ecs = EcsKind.of(kind);
    json.put("event.kind", "event");
    json.put("event.category", ecs.categories());
    json.put("event.type", List.of(ecs.type()));
    json.put("event.action", ecs.action());
    json.put("event.outcome", Kinds.succeeded(data) ? "success" : null);
    json.put("event.code", kind.wireName());
    json.put("event.provider", product.name());
    json.put("event.module", "sessionbridge");
    json.put("event.dataset", "sessionbridge." + Kinds.subject(kind));
    json.put("event.id", event.id());
    json.put("event.sequence", Sequences.number(event));
    json.put("event.created", Rfc3339.format(event.recordedTime()));
    json.put("event.severity", kind.severity().oneToTen());
    Elapsed.seconds(data)
        .ifPresent(
            seconds ->
                json.put("event.duration", LongMath.saturatedMultiply(seconds, NANOS_A_SECOND)));
    json.put("event.reason", data.get(Field.REASON));
    json.put("event.timezone", data.get(Field.LOCAL_OFFSET));
  }

  private static void putHost(Kind kind, EventData data, JsonTree json) {
    String name = data.get(Field.HOST_NAME);
    json.put("host.name", data.find(Field.HOST_FQDN).orElse(name));
    json.put("host.hostname", name);
    json.put("host.id", data.get(Field.HOST_ID));
    json.put("host.domain", data.get(Field.HOST_DOMAIN));
    json.put("host.boot.id", data.get(Field.BOOT_ID));
    Long uptime = data.get(Field.UPTIME_MS);
    json.put("host.uptime", uptime == null ? null : uptime / MILLIS);
    // A relaying agent may run on another operating system than the hosts it relays for.
    json.put("host.os.type", kind.subject() == Kind.Subject.SESSION ? "windows" : null);
  }

  private static void putUser(EventData data, JsonTree json) {
    json.put("user.name", Names.user(data));
    json.put("user.domain", data.get(Field.USER_DOMAIN));
    json.put("user.id", data.get(Field.USER_SID));
  }

  private static void putClient(EventData data, JsonTree json) {
    String name = data.get(Field.CLIENT_NAME);
    String address = ClientAddress.text(data);
    json.put("source.address", address == null ? name : address);
    json.put("source.ip", ClientAddress.ip(data));
    json.put("source.domain", name);
    if (address == null) {
      json.put("sessionbridge.client_address", data.get(Field.CLIENT_ADDRESS));
    }
  }

  private static void putRelated(EventData data, JsonTree json) {
    boolean named = data.has(Field.USER_NAME);
    json.put(
        "related.user",
        known(Stream.of(named ? Field.USER_NAME : Field.USER_UPN, Field.USER_SID), data));
    json.put(
        "related.hosts",
        known(Stream.of(Field.HOST_FQDN, Field.HOST_NAME, Field.CLIENT_NAME), data));
    String ip = ClientAddress.ip(data);
    json.put("related.ip", ip == null ? null : List.of(ip));
  }

  /** The distinct known values; null if there are none. */
  private static @Nullable List<String> known(Stream<Field<String>> fields, EventData data) {
    List<String> known = fields.map(data::find).flatMap(Optional::stream).distinct().toList();
    return known.isEmpty() ? null : known;
  }
}
