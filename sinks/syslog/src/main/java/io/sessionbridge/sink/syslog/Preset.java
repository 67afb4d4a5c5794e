package io.sessionbridge.sink.syslog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What suits a receiver. An entry may set each of these keys all the same. What a preset was tried
 * with is in {@link #tried}; one where that is empty was not checked against its receiver.
 */
enum Preset {
  SPLUNK_SC4S("json", Header.RFC5424, Framing.OCTET_COUNTING, 8, ""),
  ELASTIC("ecs", Header.RFC5424, Framing.OCTET_COUNTING, 16, ""),
  LOGSTASH("ecs", Header.RFC3164, Framing.LF, 16, ""),
  QRADAR("leef", Header.RFC3164, Framing.LF, 4, ""),
  ARCSIGHT("cef", Header.RFC3164, Framing.LF, 8, ""),
  SENTINEL("cef", Header.RFC3164, Framing.LF, 8, "rsyslog 8.2302, the forwarder in front of it"),
  WAZUH("json", Header.RFC3164, Framing.LF, 8, ""),
  GRAYLOG("json", Header.RFC5424, Framing.LF, 8, ""),
  FLUENT_BIT("json", Header.RFC3164, Framing.LF, 8, ""),
  RSYSLOG("sentence", Header.RFC5424, Framing.OCTET_COUNTING, 8, "rsyslog 8.2302"),
  SYSLOG_NG("sentence", Header.RFC5424, Framing.OCTET_COUNTING, 8, "syslog-ng 3.38");

  private static final int KIB = 1_024;

  private final String message;
  private final Header header;
  private final Framing framing;
  private final int maxKib;
  private final String tried;

  Preset(String message, Header header, Framing framing, int maxKib, String tried) {
    this.message = message;
    this.header = header;
    this.framing = framing;
    this.maxKib = maxKib;
    this.tried = tried;
  }

  /** The name of the format. */
  String message() {
    return message;
  }

  Header header() {
    return header;
  }

  Framing framing() {
    return framing;
  }

  int maxMessageBytes() {
    return maxKib * KIB;
  }

  /** As configurations name it. */
  String word() {
    return word(this);
  }

  /** What it sets, by key, as it stands in a configuration. */
  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("message", message);
    keys.put("header", word(header));
    keys.put("framing", word(framing));
    keys.put("max_message_bytes", maxKib + "KiB");
    keys.put("bom", "false");
    return keys;
  }

  /** The keys it sets, as they stand in a configuration, and what it was tried with. */
  String description() {
    String sets =
        keys().entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(", "));
    return sets + "; " + (tried.isEmpty() ? "not tried" : "tried with " + tried);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
