package io.sessionbridge.sink.syslog;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tls.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of an entry of type {@code syslog}.
 *
 * @param header the standard of the header
 * @param enterpriseNumber of the structured data with event fields; empty = none is sent
 * @param maxMessageBytes of a whole message, without the framing
 * @param tls empty = not encrypted
 * @param timeout how long to wait for the receiver
 */
record SyslogSinkConfig(
    HostPort server,
    TransportType transport,
    Framing framing,
    Header header,
    Facility facility,
    Optional<Long> enterpriseNumber,
    List<StandardData> standardData,
    boolean bom,
    int maxMessageBytes,
    long replayBytes,
    Duration replayAge,
    Duration timeout,
    Optional<TlsSettings> tls) {

  /** What RFC 5425 recommends for receivers, and the default of rsyslog. */
  private static final long STREAM_MESSAGE = 8192;

  /** Fits into one Ethernet frame with IPv6 and a tunnel. */
  private static final long DATAGRAM_MESSAGE = 1400;

  private static final long LARGEST_DATAGRAM = 65_507;

  private static final Key<String> SERVER =
      Key.text("server").required("the receiver, host:port or [address]:port");
  private static final Key<TransportType> TRANSPORT =
      Key.oneOf("transport", TransportType.class)
          .required("relp = acknowledged, at least once; tcp = best effort; udp = at most once");

  /** Also read separately, before the other keys, for the format that it sets. */
  static final Key<Preset> PRESET =
      Key.oneOf("preset", Preset.class)
          .optional(
              "the receiver; sets message, header, framing, max_message_bytes and bom, where the"
                  + " entry does not");

  private static final Key<Framing> FRAMING =
      Key.oneOf("framing", Framing.class)
          .orElse(Framing.OCTET_COUNTING, "tcp: how messages are separated");
  private static final Key<Header> HEADER =
      Key.oneOf("header", Header.class)
          .orElse(
              Header.RFC5424, "standard of the header; rfc3164 = local time, no structured data");
  private static final Key<Facility> FACILITY =
      Key.oneOf("facility", Facility.class)
          .orElse(Facility.AUTHPRIV, "syslog facility of each event");
  private static final Key<Long> ENTERPRISE_NUMBER =
      Key.integer("enterprise_number")
          .between(1L, 4_294_967_295L)
          .optional("your IANA enterprise number; absent = no event fields as structured data");
  private static final Key<List<StandardData>> STANDARD_DATA =
      Key.severalOf("standard_data", StandardData.class)
          .optional("structured data elements of RFC 5424 to add; absent = none");
  private static final Key<Boolean> BOM =
      Key.flag("bom")
          .orElse(false, "writes a byte order mark before the text, as RFC 5424 requires");
  private static final Key<Long> MAX_MESSAGE_BYTES =
      Key.bytes("max_message_bytes")
          .between(480L, 1L << 20)
          .optional(
              "maximum message size that the receiver accepts; absent = 8KiB, with udp 1400B");
  private static final Key<Long> REPLAY_BYTES =
      Key.bytes("replay_bytes")
          .between(0L, 16L << 20)
          .orElse(1L << 20, "tcp: how much is sent again after a lost connection");
  private static final Key<Duration> REPLAY_AGE =
      Key.duration("replay_age")
          .between(Duration.ofSeconds(1), Duration.ofDays(1))
          .orElse(Duration.ofMinutes(20), "tcp: messages older than this are not sent again");
  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout")
          .between(Duration.ofSeconds(1), Duration.ofMinutes(10))
          .orElse(
              Duration.ofSeconds(30), "time without progress after which the connection is closed");

  static final ConfigSpec<SyslogSinkConfig> SPEC = new ConfigSpec<>(keys(), SyslogSinkConfig::read);

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.addAll(List.of(SERVER, TRANSPORT, PRESET, FRAMING, HEADER, FACILITY));
    keys.addAll(List.of(ENTERPRISE_NUMBER, STANDARD_DATA));
    keys.addAll(List.of(BOM, MAX_MESSAGE_BYTES, REPLAY_BYTES, REPLAY_AGE, TIMEOUT));
    keys.addAll(TlsSettings.KEYS);
    return keys;
  }

  private static SyslogSinkConfig read(ConfigValues values) {
    Optional<HostPort> server = HostPort.parse(values.get(SERVER));
    if (server.isEmpty()) {
      values.problem(SERVER, "must be " + HostPort.RULE + ", was " + values.get(SERVER));
    }
    TransportType transport = values.get(TRANSPORT);
    if (transport != TransportType.TCP) {
      for (Key<?> key : List.of(FRAMING, REPLAY_BYTES, REPLAY_AGE)) {
        if (values.given(key)) {
          values.problem(key, "has no effect with transport " + word(transport));
        }
      }
    }
    boolean udp = transport == TransportType.UDP;
    Optional<TlsSettings> tls = TlsSettings.read(values);
    if (udp && tls.isPresent()) {
      values.problem(TlsSettings.TLS, "is not possible with transport udp, use tcp or relp");
    }
    Optional<Preset> preset = values.find(PRESET);
    Header header = orPreset(values, HEADER, preset.map(Preset::header));
    if (header == Header.RFC3164) {
      refuseWithRfc3164(values, preset);
    }
    long usual = udp ? DATAGRAM_MESSAGE : STREAM_MESSAGE;
    long bytes =
        values
            .find(MAX_MESSAGE_BYTES)
            .orElse(preset.map(set -> (long) set.maxMessageBytes()).orElse(usual));
    if (udp && bytes > LARGEST_DATAGRAM) {
      values.problem(MAX_MESSAGE_BYTES, "must be at most 65507B with transport udp");
    }
    return new SyslogSinkConfig(
        server.orElse(new HostPort("invalid", 1)),
        transport,
        orPreset(values, FRAMING, preset.map(Preset::framing)),
        header,
        values.get(FACILITY),
        values.find(ENTERPRISE_NUMBER),
        values.find(STANDARD_DATA).map(List::copyOf).orElse(List.of()),
        values.get(BOM),
        (int) bytes,
        values.get(REPLAY_BYTES),
        values.get(REPLAY_AGE),
        values.get(TIMEOUT),
        tls);
  }

  private static void refuseWithRfc3164(ConfigValues values, Optional<Preset> preset) {
    String remedy =
        preset
            .filter(set -> !values.given(HEADER))
            .map(
                set ->
                    ", which preset "
                        + set.word()
                        + " sets; set header: rfc5424 or remove this key")
            .orElse("");
    for (Key<?> key : List.of(ENTERPRISE_NUMBER, STANDARD_DATA, BOM)) {
      boolean none = key == BOM && !values.get(BOM);
      if (values.given(key) && !none) {
        values.problem(key, "has no effect with header rfc3164" + remedy);
      }
    }
  }

  /** The value of the entry, else that of its preset, else the default. */
  private static <T> T orPreset(ConfigValues values, Key<T> key, Optional<T> preset) {
    return values.given(key) ? values.get(key) : preset.orElseGet(() -> values.get(key));
  }

  private static String word(TransportType transport) {
    return transport == TransportType.UDP ? "udp" : "relp";
  }
}
