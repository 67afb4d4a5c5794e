package io.sessionbridge.config;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.config.tree.ConfigMapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigSpecTest {

  record Common(String type, long batchBytes, Select select) {}

  record Select(Optional<List<Kind>> kinds, Optional<Boolean> remote) {}

  enum Kind {
    LOGON,
    LOGOFF,
    CONSOLE_CONNECT
  }

  record Lake(List<String> servers, String topic, Duration linger, Map<String, String> more) {}

  record Entry(Common common, Lake lake) {}

  static final Key<List<Kind>> KINDS = Key.severalOf("kinds", Kind.class).optional("kinds to send");
  static final Key<Boolean> REMOTE = Key.flag("remote").optional("remote only");
  static final ConfigSpec<Select> SELECT =
      ConfigSpec.of(v -> new Select(v.find(KINDS), v.find(REMOTE)), KINDS, REMOTE);

  static final Key<String> TYPE = Key.oneOf("type", List.of("file", "kafka")).required("sink type");
  static final Key<Long> BATCH_BYTES =
      Key.bytes("batch_bytes")
          .between(1024L, 16L << 20)
          .orElse(2L << 20, "bytes of events in one delivery");
  static final Key<Select> SELECTED = Key.section("select", SELECT).orDefaults("events to send");
  static final ConfigSpec<Common> COMMON =
      ConfigSpec.of(
          v -> new Common(v.get(TYPE), v.get(BATCH_BYTES), v.get(SELECTED)),
          TYPE,
          BATCH_BYTES,
          SELECTED);

  static final Key<List<String>> SERVERS =
      Key.texts("bootstrap_servers").required("brokers, host:port");
  static final Key<String> TOPIC = Key.text("topic").required("Kafka topic the events go to");
  static final Key<Duration> LINGER =
      Key.duration("linger")
          .between(Duration.ZERO, Duration.ofMinutes(1))
          .orElse(Duration.ofMillis(50), "waits for more events");
  static final Key<Map<String, String>> PROPERTIES =
      Key.properties("properties").orElse(Map.of(), "producer settings");
  static final ConfigSpec<Lake> LAKE =
      ConfigSpec.of(ConfigSpecTest::lake, SERVERS, TOPIC, LINGER, PROPERTIES);

  static final ConfigSpec<Entry> BOTH = COMMON.and(LAKE, Entry::new);
  static final Key<Map<String, ConfigMapping>> SINKS =
      Key.entries("sinks").orElse(Map.of(), "where events go");

  static Lake lake(ConfigValues v) {
    if (v.get(PROPERTIES).containsKey("sasl.password")) {
      v.problem(PROPERTIES, "sasl.password", "is a secret, use password_file");
    }
    if (v.get(LINGER).isZero() && v.given(PROPERTIES)) {
      v.problem(LINGER, "must not be 0s with properties");
    }
    return new Lake(v.get(SERVERS), v.get(TOPIC), v.get(LINGER), v.get(PROPERTIES));
  }

  private final Problems problems = new Problems();

  private Map<String, Entry> readSinks(String yaml) {
    Map<String, Entry> read = new LinkedHashMap<>();
    ConfigMapping top = ConfigFile.parse("sb.yaml", yaml, problems).orElseThrow();
    SINKS
        .read(top, problems)
        .orElse(Map.of())
        .forEach((id, node) -> BOTH.read(node, problems).ifPresent(e -> read.put(id, e)));
    return read;
  }

  @Test
  void readsAllValuesAndDefaultsOfOneMappingWithTwoSpecifications() {
    Map<String, Entry> sinks =
        readSinks(
            """
            sinks:
              lake:
                type: kafka
                bootstrap_servers: [k1:9092, "k2:9092"]
                topic: 0123
                linger: 1m
                batch_bytes: 1MiB
                select: {kinds: [logon, console_connect], remote: true}
                properties:
                  acks: all
                  retries: 1e3
            """);
    assertThat(problems).hasToString("");
    assertThat(sinks)
        .containsExactly(
            Map.entry(
                "lake",
                new Entry(
                    new Common(
                        "kafka",
                        1 << 20,
                        new Select(
                            Optional.of(List.of(Kind.LOGON, Kind.CONSOLE_CONNECT)),
                            Optional.of(true))),
                    new Lake(
                        List.of("k1:9092", "k2:9092"),
                        "0123",
                        Duration.ofMinutes(1),
                        Map.of("acks", "all", "retries", "1e3")))));
  }

  @Test
  void reportsAllProblemsOfAFileByLine() {
    readSinks(
        """
        sinks:
          lake:
            type: kafka
            bootstrap_server: [k1:9092]
            linger: 50
            batch_bytes: 0B
            select: {kinds: [logon, logof], remote: yes, banana: 1}
            properties: all
          Lake:
            type: kafak
            bootstrap_servers: k1:9092,k2:9092
            topic:
            compression_level_of_the_topic: 5
          pond: [kafka]
        """);
    assertThat(problems.toString().lines())
        .containsExactly(
            "sb.yaml:2: sinks.lake.bootstrap_servers is missing (brokers, host:port)",
            "sb.yaml:2: sinks.lake.topic is missing (Kafka topic the events go to)",
            "sb.yaml:4: sinks.lake.bootstrap_server is unknown, did you mean bootstrap_servers?",
            "sb.yaml:5: sinks.lake.linger must have a unit (ms, s, m, h, d), was 50",
            "sb.yaml:6: sinks.lake.batch_bytes must be between 1KiB and 16MiB, was 0B",
            "sb.yaml:7: sinks.lake.select.banana is unknown, known are kinds, remote",
            "sb.yaml:7: sinks.lake.select.kinds[1] must be one of logon, logoff, console_connect,"
                + " was logof, did you mean logoff?",
            "sb.yaml:7: sinks.lake.select.remote must be true or false, was yes",
            "sb.yaml:8: sinks.lake.properties must be a mapping of text to text, was all",
            "sb.yaml:9: sinks.Lake must be an id of a-z, 0-9, _ and - that begins with a letter and"
                + " has at most 40 characters, was Lake",
            "sb.yaml:10: sinks.Lake.type must be one of file, kafka, was kafak, did you mean"
                + " kafka?",
            "sb.yaml:11: sinks.Lake.bootstrap_servers must be a list, write [k1:9092, k2:9092], was"
                + " k1:9092,k2:9092",
            "sb.yaml:12: sinks.Lake.topic has no value, give it one or remove it",
            "sb.yaml:13: sinks.Lake.compression_level_of_the_topic is unknown, known are type,"
                + " batch_bytes, select, bootstrap_servers, topic, linger, properties",
            "sb.yaml:14: sinks.pond must be a mapping of key to value, was a list");
  }

  @Test
  void throwsAllProblemsAsOneException() {
    readSinks("sinks:\n  a: {type: kafka}\n  b: 1\n");
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            sb.yaml:2: sinks.a.bootstrap_servers is missing (brokers, host:port)
            sb.yaml:2: sinks.a.topic is missing (Kafka topic the events go to)
            sb.yaml:3: sinks.b must be a mapping of key to value, was 1\
            """);
  }

  @Test
  void reportsProblemsBetweenKeysAtTheirLinesEvenWhenTheOtherSpecificationFails() {
    Map<String, Entry> sinks =
        readSinks(
            """
            sinks:
              lake:
                type: kafka
                bootstrap_servers: [a]
                topic: t
                batch_bytes: 1
                properties:
                  acks: all
                  sasl.password: hunter2
                linger: 0ms
            """);
    assertThat(sinks).isEmpty();
    assertThat(problems.toString().lines())
        .containsExactly(
            "sb.yaml:6: sinks.lake.batch_bytes must have a unit (B, KiB, MiB, GiB, TiB), was 1",
            "sb.yaml:9: sinks.lake.properties.sasl.password is a secret, use password_file",
            "sb.yaml:10: sinks.lake.linger must not be 0s with properties");
  }

  @Test
  void anEmptySectionIsASectionWithoutKeys() {
    Map<String, Entry> sinks =
        readSinks(
            """
            sinks:
              lake:
                type: kafka
                bootstrap_servers: [a]
                topic: t
                select:
                properties:
            """);
    assertThat(problems).hasToString("");
    assertThat(sinks.get("lake").common().select())
        .isEqualTo(new Select(Optional.empty(), Optional.empty()));
    assertThat(sinks.get("lake").lake().more()).isEmpty();
  }

  @Test
  void describesItsKeysInTheirOrder() {
    assertThat(
            BOTH.keys().stream()
                .map(Key::description)
                .map(
                    k ->
                        k.name()
                            + "|"
                            + k.type()
                            + "|"
                            + k.units()
                            + "|"
                            + k.range()
                            + "|"
                            + k.required()
                            + "|"
                            + k.defaultText().orElse("-")
                            + "|"
                            + k.meaning()
                            + "|"
                            + k.keys())
                .collect(joining("\n")))
        .isEqualTo(
            """
            type|word||file, kafka|true|-|sink type|[]
            batch_bytes|size|B, KiB, MiB, GiB, TiB|between 1KiB and 16MiB|false|2MiB|bytes of events in one delivery|[]
            select|mapping|||false|-|events to send|[kinds, remote]
            bootstrap_servers|list of text|||true|-|brokers, host:port|[]
            topic|text|||true|-|Kafka topic the events go to|[]
            linger|duration|ms, s, m, h, d|between 0s and 1m|false|50ms|waits for more events|[]
            properties|mapping of text to text|||false|{}|producer settings|[]\
            """);
  }

  @Test
  void refusesProgrammingErrors() {
    assertThatThrownBy(() -> COMMON.and(COMMON, (a, b) -> a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the key type is declared twice");
    assertThatThrownBy(() -> Key.bytes("size").atLeast(2048L).orElse(1024L, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the default of size must be at least 2KiB, was 1KiB");
    assertThatThrownBy(() -> Key.text("batchBytes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key is written in snake_case, was batchBytes");
    ConfigMapping top = ConfigFile.parse("sb.yaml", "", problems).orElseThrow();
    assertThatThrownBy(() -> ConfigSpec.of(v -> v.get(TOPIC)).read(top, problems))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic is not among the keys of this specification");
  }
}
