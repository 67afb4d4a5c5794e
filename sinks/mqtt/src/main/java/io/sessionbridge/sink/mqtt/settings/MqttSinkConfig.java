package io.sessionbridge.sink.mqtt.settings;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.topic.MqttString;
import io.sessionbridge.sink.mqtt.topic.Topics;
import io.sessionbridge.tls.TlsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of an entry of type {@code mqtt}.
 *
 * @param qos 0 or 1
 * @param presence whether availability and state are published
 * @param clientId empty = derived from the ids of host and sink
 * @param maxInFlight the maximum number of unacknowledged messages
 * @param maxPacketBytes a larger PUBLISH is not sent
 * @param messageExpiry of events; empty = they never expire
 * @param login empty = none
 * @param tls empty = not encrypted
 * @param proxy empty = direct connection
 */
public record MqttSinkConfig(
    ServerAddress server,
    Version version,
    int qos,
    Topics topics,
    boolean presence,
    Optional<String> clientId,
    Duration keepAlive,
    int maxInFlight,
    long maxPacketBytes,
    Optional<Duration> messageExpiry,
    Optional<Login> login,
    Optional<TlsSettings> tls,
    Optional<ProxyAddress> proxy) {

  private static final String UNSENDABLE =
      "must not contain control characters or characters from U+FDD0 on";

  private static final Key<String> SERVER =
      Key.text("server")
          .where(
              text -> ServerAddress.parse(text).isPresent(),
              "must be tcp://, ssl://, ws:// or wss://host:port with a port from 1 to 65535, the"
                  + " latter two with a /path")
          .required("the broker: tcp://, ssl://, ws:// or wss://host:port");
  private static final Key<String> VERSION =
      Key.oneOf("version", Version.NAMES).orElse("3.1.1", "MQTT version");
  private static final Key<Long> QOS =
      Key.integer("qos")
          .between(0L, 1L)
          .orElse(1L, "1 = at least once, 0 = at most once; also used for presence");
  private static final Key<Boolean> PRESENCE =
      Key.flag("presence").orElse(true, "publishes availability and state as retained messages");
  private static final Key<String> CLIENT_ID =
      Key.text("client_id")
          .where(MqttString::isSendable, UNSENDABLE)
          .optional(
              "client id, unique per agent and sink; absent = sessionbridge-<host id>-<sink id>");
  private static final Key<Duration> KEEP_ALIVE =
      Key.duration("keep_alive")
          .between(Duration.ofSeconds(1), Duration.ofHours(18))
          .orElse(Duration.ofSeconds(30), "idle time before a PINGREQ");
  private static final Key<Long> MAX_IN_FLIGHT =
      Key.integer("max_in_flight")
          .between(1L, 10_000L)
          .orElse(100L, "maximum of unacknowledged messages; a version 5 broker may lower it");
  private static final Key<Long> MAX_PACKET_BYTES =
      Key.bytes("max_packet_bytes")
          .between(1L << 10, 256L << 20)
          .orElse(
              128L << 10,
              "maximum packet size; larger events are rejected; a version 5 broker may lower it");
  private static final Key<Duration> MESSAGE_EXPIRY =
      Key.duration("message_expiry")
          .between(Duration.ofSeconds(1), Duration.ofDays(36500))
          .optional("time after which the broker discards an undelivered event; needs version 5");
  private static final Key<String> USERNAME =
      Key.text("username").where(MqttString::isSendable, UNSENDABLE).optional("user name");
  private static final Key<SecretFile> PASSWORD_FILE =
      Key.secretFile("password_file").optional("file that contains the password");

  public static final ConfigSpec<MqttSinkConfig> SPEC =
      new ConfigSpec<>(keys(), MqttSinkConfig::read);

  private static List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    keys.addAll(List.of(SERVER, VERSION, QOS));
    keys.addAll(Topics.KEYS);
    keys.addAll(List.of(PRESENCE, CLIENT_ID, KEEP_ALIVE, MAX_IN_FLIGHT, MAX_PACKET_BYTES));
    keys.addAll(List.of(MESSAGE_EXPIRY, USERNAME, PASSWORD_FILE));
    keys.addAll(TlsSettings.FILE_KEYS);
    keys.addAll(ProxyAddress.KEYS);
    return keys;
  }

  private static MqttSinkConfig read(ConfigValues values) {
    Version version = Version.named(values.get(VERSION));
    if (version == Version.V3 && values.given(MESSAGE_EXPIRY)) {
      values.problem(MESSAGE_EXPIRY, "needs version: 5");
    }
    Topics topics = Topics.read(values);
    if (values.get(PRESENCE)) {
      topics.refuseCollisions(values);
    } else {
      Topics.refuseWithoutPresence(values);
    }
    ServerAddress server = ServerAddress.parse(values.get(SERVER)).orElseThrow();
    return new MqttSinkConfig(
        server,
        version,
        Math.toIntExact(values.get(QOS)),
        topics,
        values.get(PRESENCE),
        values.find(CLIENT_ID),
        values.get(KEEP_ALIVE),
        Math.toIntExact(values.get(MAX_IN_FLIGHT)),
        values.get(MAX_PACKET_BYTES),
        values.find(MESSAGE_EXPIRY),
        Login.read(values, USERNAME, PASSWORD_FILE),
        tls(server, values),
        ProxyAddress.read(values));
  }

  /** Returns a copy with another client id, if one is configured. */
  public MqttSinkConfig ofCheck() {
    return new MqttSinkConfig(
        server,
        version,
        qos,
        topics,
        presence,
        clientId.map(id -> id + "-check"),
        keepAlive,
        maxInFlight,
        maxPacketBytes,
        messageExpiry,
        login,
        tls,
        proxy);
  }

  private static Optional<TlsSettings> tls(ServerAddress server, ConfigValues values) {
    TlsSettings settings = TlsSettings.readFiles(values);
    if (server.scheme().encrypts()) {
      return Optional.of(settings);
    }
    for (Key<?> key : TlsSettings.FILE_KEYS) {
      if (values.given(key)) {
        values.problem(key, "has no effect without ssl:// or wss:// in server");
      }
    }
    return Optional.empty();
  }
}
