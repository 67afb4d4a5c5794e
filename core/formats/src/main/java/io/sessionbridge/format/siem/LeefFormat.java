package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.util.List;
import java.util.Set;

/**
 * QRadar's Log Event Extended Format, version 2.0: {@code
 * LEEF:2.0|vendor|product|version|kind|x09|} and the attributes, separated by tabs.
 */
final class LeefFormat implements EventFormat {

  private static final String CONTENT_TYPE = "text/plain; charset=UTF-8";

  private static final OtherFields OTHERS =
      new OtherFields(
          Set.of(
              Field.KIND,
              Field.HOST_NAME,
              Field.USER_NAME,
              Field.USER_DOMAIN,
              Field.CLIENT_NAME,
              Field.REASON));

  /** Without the version, so that it also matches the lines before an update. */
  private final String beginning;

  private final String version;

  LeefFormat(Product product) {
    this.beginning =
        "LEEF:2.0|"
            + LeefAttributes.clean(product.vendor())
            + "|"
            + LeefAttributes.clean(product.name())
            + "|";
    this.version = LeefAttributes.clean(product.version()) + "|";
  }

  @Override
  public String bodyBeginning() {
    return beginning;
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    StringBuilder message = new StringBuilder(1_024).append(beginning).append(version);
    message.append(event.kind().wireName()).append("|x09|");
    LeefAttributes attributes = new LeefAttributes(message);
    EventData data = event.data();
    putEvent(event, data, attributes);
    putUser(event.kind(), data, attributes);
    putClient(data, attributes);
    OTHERS.forEach(data, attributes::putCustom, attributes::putLater);
    byte[] body = message.toString().getBytes(UTF_8);
    return new EncodedEvent(event, body, CONTENT_TYPE, List.of(), false);
  }

  private static void putEvent(SessionEvent event, EventData data, LeefAttributes to) {
    Kind kind = event.kind();
    to.put("devTime", Long.toString(event.time().toEpochMilli()));
    to.put("cat", Kinds.subject(kind));
    to.put("sev", Integer.toString(kind.severity().oneToTen()));
    to.put("resource", data.get(Field.HOST_NAME));
    to.put("reason", data.get(Field.REASON));
    // An attribute eventId would hide the EventID of the header in some parsers.
    to.putCustom("event_uid", event.id());
    to.putCustom("source", event.source());
    to.putCustom("sequence", event.sequence());
    to.putCustom("recorded_time", event.recordedTime().toEpochMilli());
  }

  private static void putUser(Kind kind, EventData data, LeefAttributes to) {
    to.put("usrName", Names.user(data));
    to.put("domain", data.get(Field.USER_DOMAIN));
    if (kind == Kind.LOGON && Kinds.succeeded(data)) {
      to.put("isLoginEvent", "true");
    }
    if (kind == Kind.LOGOFF && Kinds.succeeded(data)) {
      to.put("isLogoutEvent", "true");
    }
  }

  private static void putClient(EventData data, LeefAttributes to) {
    to.put("src", ClientAddress.ip(data));
    String identity = ClientAddress.identity(data);
    if (identity == null) {
      to.put("clientName", data.get(Field.CLIENT_NAME));
      return;
    }
    to.put("identSrc", identity);
    to.put("identHostName", data.get(Field.CLIENT_NAME));
  }
}
