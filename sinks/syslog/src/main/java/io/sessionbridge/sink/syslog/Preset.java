package io.sessionbridge.sink.syslog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings for a receiver. An entry may override each of these keys. {@link #tested} names the
 * receiver with which the preset was tested; if it is empty, the preset was not tested.
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
  private final String tested;

  Preset(String message, Header header, Framing framing, int maxKib, String tested) {
    this.message = message;
    this.header = header;
    this.framing = framing;
    this.maxKib = maxKib;
    this.tested = tested;
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

  /** The name in a configuration. */
  String word() {
    return word(this);
  }

  /** The settings by key, as written in a configuration. */
  Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("message", message);
    keys.put("header", word(header));
    keys.put("framing", word(framing));
    keys.put("max_message_bytes", maxKib + "KiB");
    keys.put("bom", "false");
    return keys;
  }

  /** The settings as written in a configuration, and the tested receiver. */
  String description() {
    String sets =
        keys().entrySet().stream()
            .map(one -> one.getKey() + ": " + one.getValue())
            .collect(Collectors.joining(", "));
    return sets + "; " + (tested.isEmpty() ? "not tested" : "tested with " + tested);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
