package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.testkit.PageContract;
import io.sessionbridge.testkit.TestingConfig;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys, as the page and the agent see them. */
final class MqttSinkConfigTest extends PageContract {

  private static final String MINIMAL = "server: tcp://broker\n";

  @Override
  protected ConfigSpec<?> spec() {
    return MqttSinkConfig.SPEC;
  }

  /** The page also has a table of counters. */
  @Override
  protected List<String> otherKeys() {
    return List.of("mqtt_acknowledged_total", "mqtt_no_subscriber_total", "mqtt_connections_total");
  }

  private static MqttSinkConfig config(String yaml) {
    return TestingConfig.read(MqttSinkConfig.SPEC, yaml);
  }

  private String problems(String yaml) {
    return TestingConfig.problems(spec(), yaml);
  }

  @Test
  void isFound() {
    assertThat(ServiceLoader.load(PluginModule.class)).hasAtLeastOneElementOfType(MqttModule.class);
    assertThat(new MqttSinkFactory().defaultFormat()).isEqualTo("cloudevents");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://broker, tcp://broker:1883",
    "ssl://broker, ssl://broker:8883",
    "ws://broker, ws://broker:80/mqtt",
    "wss://broker, wss://broker:443/mqtt",
    "wss://broker/, wss://broker:443/mqtt",
    "wss://broker:8443/a/b, wss://broker:8443/a/b",
    "ws://broker/a?token=s3cret, ws://broker:80/a?***", // nobody is shown what may be a secret
    "tcp://mqtt_broker:1, tcp://mqtt_broker:1",
    "tcp://[::1]:1884, tcp://[::1]:1884",
    "tcp://10.0.0.1/, tcp://10.0.0.1:1883",
  })
  void servers(String written, String meant) {
    assertThat(config("server: \"" + written + "\"").server()).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker", "broker:1883", "mqtt://broker", "http://broker", "tcp://broker:0",
        "tcp://broker:65536", "tcp://broker/path", "tcp://user@broker", "tcp://", "wss://a b"
      })
  void noServers(String written) {
    assertThat(problems("server: \"" + written + "\""))
        .isEqualTo(
            "test.yaml:1: server must be tcp://, ssl://, ws:// or wss://host:port with a port from"
                + " 1 to 65535, the latter two with a /path, was "
                + written);
  }

  @Test
  void missingServer() {
    assertThat(problems("qos: 1"))
        .isEqualTo(
            "test.yaml:1: server is missing (the broker: tcp://, ssl://, ws:// or"
                + " wss://host:port)");
  }

  @Test
  void keysThatNeedEachOther() {
    assertThat(problems(MINIMAL + "message_expiry: 1h"))
        .isEqualTo("test.yaml:2: message_expiry needs version: 5");
    assertThat(problems(MINIMAL + "username: kim"))
        .isEqualTo("test.yaml:2: username needs password_file");
    assertThat(problems(MINIMAL + "password_file: pw"))
        .isEqualTo("test.yaml:2: password_file needs username");
    assertThat(problems(MINIMAL + "ca_file: ca.pem"))
        .isEqualTo("test.yaml:2: ca_file has no effect without ssl:// or wss:// in server");
    assertThat(problems("server: ssl://broker\ncertificate_file: c.pem"))
        .isEqualTo("test.yaml:2: certificate_file has no effect without key_file");
    assertThat(problems(MINIMAL + "proxy_username: a\nproxy_password_file: b"))
        .isEqualTo("test.yaml:2: proxy_username has no effect without proxy");
    for (String proxy : List.of("somewhere", "p:0", "p:65536")) {
      assertThat(problems(MINIMAL + "proxy: '" + proxy + "'"))
          .isEqualTo(
              "test.yaml:2: proxy must be host:port or [address]:port with a port from 1 to 65535,"
                  + " was "
                  + proxy);
    }
    assertThat(problems(MINIMAL + "version: 4"))
        .isEqualTo("test.yaml:2: version must be one of 3.1.1, 5, was 4, did you mean 5?");
    assertThat(problems(MINIMAL + "qos: 2"))
        .isEqualTo("test.yaml:2: qos must be between 0 and 1, was 2");
  }

  @Test
  void namesThatCannotBeSent() {
    assertThat(problems(MINIMAL + "client_id: ward\uD83D\uDE00"))
        .isEqualTo(
            "test.yaml:2: client_id must not contain control characters or characters from"
                + " U+FDD0 on, was ward\uD83D\uDE00");
    assertThat(problems(MINIMAL + "username: \uFF76\npassword_file: pw"))
        .isEqualTo(
            "test.yaml:2: username must not contain control characters or characters from"
                + " U+FDD0 on, was \uFF76");
  }

  @Test
  void topics() {
    assertThat(problems(MINIMAL + "event_topic: a/<user>"))
        .isEqualTo(
            "test.yaml:2: event_topic must contain no placeholders other than <prefix>, <host>,"
                + " <host_id>,"
                + " <kind>, was a/<user>");
    assertThat(problems(MINIMAL + "state_topic: a/<kind>"))
        .isEqualTo(
            "test.yaml:2: state_topic must contain no placeholders other than <prefix>, <host>,"
                + " <host_id>,"
                + " was a/<kind>");
    assertThat(problems(MINIMAL + "topics: [activity, sessions]"))
        .isEqualTo(
            "test.yaml:2: topics[1] must be one of activity, session, was sessions, did you mean"
                + " session?");
    assertThat(problems(MINIMAL + "topics: [activity]\nsession_topic: a/<session_id>"))
        .isEqualTo("test.yaml:3: session_topic has no effect without session in topics");
    assertThat(problems(MINIMAL + "activity_topic: a"))
        .isEqualTo("test.yaml:2: activity_topic has no effect without activity in topics");
    assertThat(problems(MINIMAL + "topics: [session]\nsession_topic: a/<host>"))
        .isEqualTo("test.yaml:3: session_topic must contain <session_id>, was a/<host>");
    assertThat(problems(MINIMAL + "topics: [session]\npresence: false"))
        .isEqualTo("test.yaml:2: topics has no effect with presence: false");
    assertThat(problems(MINIMAL + "topic_prefix: a/+/b"))
        .isEqualTo(
            "test.yaml:2: topic_prefix must not contain +, #, control characters or characters"
                + " from U+FDD0 on, was a/+/b");
    assertThat(problems(MINIMAL + "event_topic: \"#\""))
        .isEqualTo(
            "test.yaml:2: event_topic must not contain +, #, control characters or characters"
                + " from U+FDD0 on, was #");
    assertThat(problems(MINIMAL + "event_topic: \"" + "<host>/".repeat(61) + "\""))
        .isEqualTo("test.yaml:2: event_topic must have at most 60 placeholders, had 61");
    assertThat(problems(MINIMAL + "topic_prefix: " + "x".repeat(1025)))
        .isEqualTo("test.yaml:2: topic_prefix must have at most 1024 bytes, had 1025");
  }

  /** Each message would replace the other. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state_topic: <prefix>/<host>/availability | state_topic | availability_topic",
        "availability_topic: sessionbridge/<host>/state | availability_topic | state_topic",
        "activity_topic: sessionbridge/<host>/state | activity_topic | state_topic",
        "activity_topic: <prefix>/<host>/availability | activity_topic | availability_topic",
        "availability_topic: <prefix>/<host>/activity | availability_topic | activity_topic",
        "state_topic: <prefix>/<host>/session/3 | state_topic | session_topic",
        "activity_topic: <prefix>/<host>/session/42 | activity_topic | session_topic",
        "availability_topic: <prefix>/<host>/session/0 | availability_topic | session_topic"
      })
  void retainedTopicsThatCollide(String line, String key, String other) {
    assertThat(problems(MINIMAL + "topics: [activity, session]\n" + line))
        .isEqualTo(
            "test.yaml:3: "
                + key
                + " must be another topic than "
                + other
                + ", was "
                + line.substring(line.indexOf(' ') + 1));
  }

  @Test
  void ofTwoConfiguredTopicsTheLaterOneIsReported() {
    assertThat(problems(MINIMAL + "state_topic: a.<host>\navailability_topic: a.<host>"))
        .isEqualTo(
            "test.yaml:2: state_topic must be another topic than availability_topic, was a.<host>");
  }

  @Test
  void topicsWithProblemsOfTheirOwnAreNotCompared() {
    assertThat(problems(MINIMAL + "state_topic: a/<x>\navailability_topic: a/<x>"))
        .doesNotContain("another topic");
  }

  @Test
  void topicsThatDoNotCollide() {
    for (String lines :
        List.of(
            "activity_topic: <prefix>/<host_id>/state\ntopics: [activity]",
            "state_topic: <prefix>/<host>/session/x\ntopics: [session]",
            "state_topic: <prefix>/<host>/activity",
            "state_topic: <prefix>/<host>/session/3",
            "state_topic: <prefix>/<host>/availability\npresence: false")) {
      assertThat(config(MINIMAL + lines).topics()).isNotNull();
    }
  }

  @Test
  void formatThatWouldLoseTheId() {
    MqttSinkFactory factory = new MqttSinkFactory();
    assertThat(factory.formatProblem(config(MINIMAL), "cloudevents_binary"))
        .contains("must not be cloudevents_binary without version: 5; use cloudevents");
    assertThat(factory.formatProblem(config(MINIMAL), "json")).isEmpty();
    assertThat(factory.formatProblem(config(MINIMAL + "version: 5"), "cloudevents_binary"))
        .isEmpty();
  }

  @Test
  void hasAnotherClientIdForACheck() {
    String server = "{server: \"tcp://b:1\"";
    MqttSinkConfig given =
        TestingConfig.read(MqttSinkConfig.SPEC, server + ", client_id: agent-7}");
    assertThat(given.ofCheck().clientId()).contains("agent-7-check");
    MqttSinkConfig made = TestingConfig.read(MqttSinkConfig.SPEC, server + "}");
    assertThat(made.ofCheck()).as("the context says who checks").isEqualTo(made);
  }
}
