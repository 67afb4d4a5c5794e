package io.sessionbridge.format.siem;

import com.google.common.collect.Sets;
import com.google.common.math.LongMath;
import io.sessionbridge.event.Elapsed;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.event.Severity;
import io.sessionbridge.format.SentenceFormat;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Open Cybersecurity Schema Framework: one JSON document with the profile {@code host}. Fields
 * without a counterpart in OCSF are in {@code unmapped}.
 */
final class OcsfFormat implements EventFormat {

  /** The oldest version with all attributes used here. */
  static final String VERSION = "1.6.0";

  private static final long MILLIS_A_SECOND = 1_000L;
  private static final int SECONDS_A_MINUTE = 60;

  private static final Set<Field<?>> OF_EVERY_CLASS =
      Set.of(
          Field.KIND,
          Field.HOST_ID,
          Field.HOST_NAME,
          Field.HOST_FQDN,
          Field.HOST_DOMAIN,
          Field.BOOT_ID,
          Field.REASON);

  private static final OtherFields OTHERS = new OtherFields(OF_EVERY_CLASS);

  /** For the classes with a user, a session and endpoints. */
  private static final OtherFields OTHERS_OF_SESSIONS =
      new OtherFields(Sets.union(OF_EVERY_CLASS, OcsfObjects.OF_SESSIONS).immutableCopy());

  private final Product product;

  OcsfFormat(Product product) {
    this.product = product;
  }

  @Override
  public String bodyBeginning() {
    return "{\"class_uid\":";
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    JsonTree json = new JsonTree();
    EventData data = event.data();
    OcsfKind kind = OcsfKind.of(data);
    putClass(kind, json);
    putEvent(event, data, json);
    putProduct(event, json);
    OcsfObjects.putDevice(data, json.child("device"));
    switch (kind.type()) {
      case AUTHENTICATION -> OcsfObjects.putAuthentication(data, json);
      case RDP_ACTIVITY -> OcsfObjects.putRdp(data, json);
      case APPLICATION_LIFECYCLE -> putApplication(data, json);
      case BASE_EVENT -> {
        // the device identifies the host
      }
    }
    JsonTree unmapped = json.child("unmapped");
    Sequences.putOrigin(event, unmapped);
    boolean inSession =
        kind.type() == OcsfClass.AUTHENTICATION || kind.type() == OcsfClass.RDP_ACTIVITY;
    (inSession ? OTHERS_OF_SESSIONS : OTHERS)
        .forEach(data, unmapped::putMember, unmapped::putMember);
    return json.toBody(event);
  }

  private static void putClass(OcsfKind kind, JsonTree json) {
    OcsfClass type = kind.type();
    json.put("class_uid", type.uid());
    json.put("class_name", type.caption());
    json.put("category_uid", type.categoryUid());
    json.put("category_name", type.categoryName());
    json.put("activity_id", kind.activityId());
    json.put("activity_name", kind.activityName());
    json.put("type_uid", kind.typeUid());
    json.put("type_name", kind.typeName());
  }

  private static void putEvent(SessionEvent event, EventData data, JsonTree json) {
    json.put("time", event.time().toEpochMilli());
    json.put("message", SentenceFormat.sentence(data));
    json.put("timezone_offset", minutes(data.get(Field.LOCAL_OFFSET)));
    Severity severity = event.kind().severity();
    json.put("severity_id", severity.ocsf());
    json.put("severity", severityName(severity));
    boolean succeeded = Kinds.succeeded(data);
    json.put("status_id", succeeded ? 1 : null);
    json.put("status", succeeded ? "Success" : null);
    json.put("status_detail", data.get(Field.REASON));
    Elapsed.seconds(data)
        .ifPresent(
            seconds -> json.put("duration", LongMath.saturatedMultiply(seconds, MILLIS_A_SECOND)));
  }

  private static String severityName(Severity severity) {
    return switch (severity) {
      case INFORMATIONAL, NOTICE -> "Informational";
      case CAUTION -> "Low";
      case WARNING -> "Medium";
    };
  }

  private static @Nullable Integer minutes(@Nullable String offset) {
    try {
      return offset == null ? null : ZoneOffset.of(offset).getTotalSeconds() / SECONDS_A_MINUTE;
    } catch (DateTimeException e) {
      return null; // a replayed line may contain anything; unmapped has the original text
    }
  }

  private void putProduct(SessionEvent event, JsonTree json) {
    Instant recorded = event.recordedTime();
    json.put("metadata.version", VERSION);
    json.put("metadata.profiles", List.of("host"));
    json.put("metadata.product.vendor_name", product.vendor());
    json.put("metadata.product.name", product.name());
    json.put("metadata.product.version", product.version());
    json.put("metadata.uid", event.id());
    json.put("metadata.sequence", Sequences.number(event));
    json.put("metadata.event_code", event.kind().wireName());
    json.put("metadata.logged_time", recorded.toEpochMilli());
  }

  /** The agent that the event is about, not necessarily the one that sends it. */
  private void putApplication(EventData data, JsonTree json) {
    json.put("app.vendor_name", product.vendor());
    json.put("app.name", product.name());
    json.put("app.version", data.get(Field.AGENT_VERSION));
  }
}
