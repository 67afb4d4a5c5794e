package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.tree.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in a wrong place of the configuration stands in no message. */
final class SecretTextTest {

  private static final Key<SecretFile> PASSWORD_FILE =
      Key.secretFile("password_file").optional("m");
  private static final Key<Path> KEY_FILE = Key.privateFile("key_file").optional("m");
  private static final Key<String> SERVER =
      Key.text("server").where(text -> false, "must be tcp://host:port").optional("m");
  private static final Key<List<String>> SERVERS = Key.texts("servers").optional("m");
  private static final Key<Map<String, String>> PROPERTIES =
      Key.properties("properties").optional("m");
  private static final Key<Long> TOKENS = Key.integer("token_count").optional("m");

  private static final ConfigSpec<Boolean> SINK =
      ConfigSpec.of(
          values -> {
            values.find(SERVERS).ifPresent(s -> values.problem(SERVERS, "must differ, was " + s));
            return true;
          },
          PASSWORD_FILE,
          KEY_FILE,
          SERVER,
          SERVERS,
          PROPERTIES,
          TOKENS);

  private static String problems(String yaml) {
    Problems problems = new Problems();
    Optional<ConfigMapping> top = ConfigFile.parse("sb.yaml", yaml, problems);
    top.flatMap(file -> Key.entries("sinks").required("m").read(file, problems))
        .ifPresent(
            sinks ->
                sinks
                    .values()
                    .forEach(
                        sink -> {
                          Optional<Boolean> unused = SINK.read(sink, problems);
                        }));
    return problems.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sinks: {m: {password: hunter2}}",
        "sinks: {m: {'password:hunter2': x}}",
        "sinks: {m: {password:hunter2}}",
        "sinks: {m: {password=hunter2}}",
        "sinks: {m: {password_file: [hunter2]}}",
        "sinks: {m: {password_file: {file: hunter2}}}",
        "sinks: {m: {password_file: ~hunter2}}",
        "sinks: {m: {password_file: *hunter2 }}",
        "sinks: {m: {password_file: &hunter2 x}}",
        "sinks: {m: {password_file: !hunter2 x}}",
        "sinks: {m: {key_file: ~hunter2}}",
        "sinks: {m: {key_file: \"hunter2\\n\"}}",
        "sinks: {m: {token_count: hunter2}}",
        "sinks: {m: {server: 'tcp://kim:hunter2@broker:1883'}}",
        "sinks: {m: {server: 'kim:hunter2@broker:1883'}}",
        "sinks: {m: {server: 'tcp://kim:hunt@er2 hunter2@broker'}}",
        "sinks: {m: {servers: 'kim:hunter2@broker:1883'}}",
        "sinks: {m: {servers: ['kim:hunter2@broker:1883', b]}}",
        "sinks: {m: {properties: {sasl.password: [hunter2]}}}",
        "sinks: {m: {properties: 'password=hunter2 x@y'}, password: hunter2}",
        "sinks: {m: {server: 'wss://broker/mqtt?token=hunter2'}}",
        "sinks: {password: hunter2}",
        "sinks: {m: {password_file: 'a\thunter2'}}",
      })
  void isInNoMessage(String yaml) {
    assertThat(problems(yaml)).isNotEmpty().doesNotContain("hunter2");
  }

  @Test
  void theMessageStillSaysWhatToDo() {
    assertThat(problems("sinks: {m: {password: hunter2}}"))
        .isEqualTo("sb.yaml:1: sinks.m.password is unknown, did you mean password_file?");
    assertThat(problems("sinks: {m: {'password_file:hunter2': x}}"))
        .isEqualTo(
            "sb.yaml:1: sinks.m.password_file:*** is unknown, write a space after the colon");
    assertThat(problems("sinks: {m: {token_count: hunter2}}"))
        .isEqualTo("sb.yaml:1: sinks.m.token_count must be a whole number");
    assertThat(problems("sinks: {m: {server: 'tcp://kim:hunter2@broker:1883'}}"))
        .isEqualTo("sb.yaml:1: sinks.m.server must be tcp://host:port, was tcp://***@broker:1883");
    assertThat(problems("sinks: {password: hunter2}"))
        .isEqualTo("sb.yaml:1: sinks.password must be a mapping of key to value");
  }

  @Test
  void anIdMayBeAnyWord() {
    assertThat(problems("sinks: {monkey: {server: x}}"))
        .isEqualTo("sb.yaml:1: sinks.monkey.server must be tcp://host:port, was x");
  }

  @ParameterizedTest
  @CsvSource({
    "sinks.m.password, true",
    "sinks.m.properties.ssl.key.password, true",
    "api_token, true",
    "sinks.keys.topic, false",
    "sinks.m.keep, false",
  })
  void isDecidedByTheNameOfTheKey(String path, boolean secret) {
    assertThat(SecretText.isUnder(path)).isEqualTo(secret);
  }
}
