package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ArcSight Common Event Format, version 0: {@code CEF:0|vendor|product|version|kind|name|severity|}
 * and the extension. The lengths come from the dictionary in the CEF implementation standard.
 */
final class CefFormat implements EventFormat {

  private static final String CONTENT_TYPE = "text/plain; charset=UTF-8";
  private static final int LONGEST_ID = 40;
  private static final int LONGEST_DEVICE_HOST = 100;
  private static final int LONGEST_DOMAIN = 255;
  private static final int LONGEST_TEXT = 1_023;

  private static final OtherFields OTHERS =
      new OtherFields(
          Set.of(
              Field.KIND,
              Field.HOST_ID,
              Field.HOST_NAME,
              Field.HOST_FQDN,
              Field.LOCAL_OFFSET,
              Field.SESSION_ID,
              Field.SESSION_KEY,
              Field.STATION,
              Field.REMOTE,
              Field.USER_NAME,
              Field.USER_DOMAIN,
              Field.USER_SID,
              Field.ACCOUNT_TYPE,
              Field.CLIENT_NAME,
              Field.REASON,
              Field.INFERRED,
              Field.EVIDENCE,
              Field.TIME_AFTER));

  /** Without the version, so that it also matches the lines before an update. */
  private final String beginning;

  private final String version;

  CefFormat(Product product) {
    this.beginning = "CEF:0|" + header(product.vendor()) + "|" + header(product.name()) + "|";
    this.version = header(product.version()) + "|";
  }

  @Override
  public String bodyBeginning() {
    return beginning;
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    StringBuilder message = new StringBuilder(1_024).append(beginning).append(version);
    Kind kind = event.kind();
    message.append(kind.wireName()).append('|').append(Names.title(kind.wireName())).append('|');
    message.append(kind.severity().oneToTen()).append('|');
    CefExtension extension = new CefExtension(message);
    EventData data = event.data();
    putEvent(event, data, extension);
    putHost(data, extension);
    putUser(data, extension);
    putClient(data, extension);
    putSession(data, extension);
    OTHERS.forEach(data, extension::putCustom, extension::putCustom);
    byte[] body = message.toString().getBytes(UTF_8);
    return new EncodedEvent(event, body, CONTENT_TYPE, List.of(), false);
  }

  private static void putEvent(SessionEvent event, EventData data, CefExtension to) {
    Kind kind = event.kind();
    to.put("rt", event.recordedTime().toEpochMilli());
    to.put("start", event.time().toEpochMilli());
    // A truncated id would be a different id.
    boolean fits = event.id().length() <= LONGEST_ID;
    if (fits) {
      to.put("externalId", event.id(), LONGEST_ID);
    }
    to.put("cat", "/" + Names.title(Kinds.subject(kind)) + "/" + kind.wireName(), LONGEST_TEXT);
    to.put("act", kind.wireName(), LONGEST_TEXT);
    if (Kinds.succeeded(data)) {
      to.put("outcome", "success", LONGEST_TEXT);
    }
    to.put("reason", data.get(Field.REASON), LONGEST_TEXT);
    Long sequence = Sequences.number(event);
    to.putLabeled("cn2", "Sequence", sequence);
    if (sequence == null) {
      to.putCustom("sequence", event.sequence());
    }
    if (!fits) {
      to.putCustom("id", event.id());
    }
    to.putCustom("source", event.source());
  }

  private static void putHost(EventData data, CefExtension to) {
    String name = data.get(Field.HOST_NAME);
    to.put("dvchost", name, LONGEST_DEVICE_HOST);
    to.put("deviceExternalId", data.get(Field.HOST_ID), LONGEST_DOMAIN);
    to.put("dhost", data.find(Field.HOST_FQDN).orElse(name), LONGEST_TEXT);
    to.put("dtz", data.get(Field.LOCAL_OFFSET), LONGEST_DOMAIN);
  }

  private static void putUser(EventData data, CefExtension to) {
    to.put("duser", Names.user(data), LONGEST_TEXT);
    to.put("dntdom", data.get(Field.USER_DOMAIN), LONGEST_DOMAIN);
    to.put("duid", data.get(Field.USER_SID), LONGEST_TEXT);
  }

  private static void putClient(EventData data, CefExtension to) {
    to.put("src", ClientAddress.ipv4(data), LONGEST_TEXT);
    to.putLabeled("c6a2", "Source IPv6 Address", ClientAddress.ipv6(data));
    to.put("shost", data.get(Field.CLIENT_NAME), LONGEST_TEXT);
  }

  private static void putSession(EventData data, CefExtension to) {
    to.putLabeled("cn1", "SessionId", data.get(Field.SESSION_ID));
    to.putLabeled("cs1", "Station", data.get(Field.STATION));
    to.putLabeled("cs2", "Remote", data.get(Field.REMOTE));
    to.putLabeled("cs3", "SessionKey", data.get(Field.SESSION_KEY));
    to.putLabeled("cs4", "AccountType", data.get(Field.ACCOUNT_TYPE));
    to.putLabeled("cs5", "Inferred", data.get(Field.INFERRED));
    to.putLabeled("cs6", "Evidence", data.get(Field.EVIDENCE));
    to.putLabeled("deviceCustomDate1", "TimeAfter", millis(data.get(Field.TIME_AFTER)));
  }

  private static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }

  private static String header(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|");
  }
}
