package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.tree.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTest {
  @TempDir Path folder;

  private final Problems problems = new Problems();

  /** What the key makes of the text after {@code k:}. */
  private <T> Optional<T> read(KeyDraft<T> draft, String value) {
    ConfigMapping top = ConfigFile.parse("sb.yaml", "k: " + value, problems).orElseThrow();
    return draft.required("meaning").read(top, problems);
  }

  private void refused(KeyDraft<?> draft, String value, String problem) {
    Problems own = new Problems();
    ConfigMapping top = ConfigFile.parse("sb.yaml", "k: " + value, own).orElseThrow();
    assertThat(draft.required("meaning").read(top, own)).isEmpty();
    assertThat(own).hasToString("sb.yaml:1: k " + problem);
  }

  @Test
  void text() {
    assertThat(read(Key.text("k"), "0123")).contains("0123");
    assertThat(read(Key.text("k"), "'null'")).contains("null");
    refused(Key.text("k"), "", "has no value, give it one or remove it");
    refused(Key.text("k"), "null", "has no value, give it one or remove it");
    refused(Key.text("k"), "''", "must not be empty, was \"\"");
    refused(Key.text("k"), "[a]", "must be text, was a list");
    refused(Key.text("k"), "{a: 1}", "must be text, was a mapping");
  }

  @Test
  void flag() {
    assertThat(read(Key.flag("k"), "true")).contains(true);
    assertThat(read(Key.flag("k"), "false")).contains(false);
    refused(Key.flag("k"), "no", "must be true or false, was no");
    refused(Key.flag("k"), "True", "must be true or false, was True");
    refused(Key.flag("k"), "[true]", "must be a boolean, was a list");
  }

  @Test
  void integer() {
    assertThat(read(Key.integer("k"), "0123")).contains(123L);
    assertThat(read(Key.integer("k"), "-1")).contains(-1L);
    refused(Key.integer("k"), "1e3", "must be a whole number, was 1e3");
    refused(Key.integer("k"), "1_000", "must be a whole number, was 1_000");
    refused(Key.integer("k"), "{}", "must be an integer, was a mapping");
    refused(Key.integer("k").between(1L, 9L), "10", "must be between 1 and 9, was 10");
    refused(Key.integer("k").atLeast(1L), "0", "must be at least 1, was 0");
    refused(
        Key.integer("k"),
        "9223372036854775808",
        "must be between -9223372036854775808 and 9223372036854775807, was 9223372036854775808");
  }

  @Test
  void decimal() {
    assertThat(read(Key.decimal("k"), "0.5")).contains(0.5);
    assertThat(read(Key.decimal("k"), "2")).contains(2.0);
    refused(Key.decimal("k"), "1e3", "must be a number such as 2 or 0.5, was 1e3");
    refused(Key.decimal("k"), ".inf", "must be a number such as 2 or 0.5, was .inf");
    refused(Key.decimal("k").between(0.5, 100.0), "0.1", "must be between 0.5 and 100, was 0.1");
  }

  @Test
  void bytes() {
    assertThat(read(Key.bytes("k"), "512KiB")).contains(512L << 10);
    refused(Key.bytes("k"), "10", "must have a unit (B, KiB, MiB, GiB, TiB), was 10");
    refused(
        Key.bytes("k"),
        "1GB",
        "must be a whole number with a unit (B, KiB, MiB, GiB, TiB), was 1GB");
    refused(Key.bytes("k"), "9999999999TiB", "must be at most 8388607TiB, was 9999999999TiB");
    refused(
        Key.bytes("k").between(1024L, 16L << 20), "0B", "must be between 1KiB and 16MiB, was 0B");
  }

  @Test
  void duration() {
    assertThat(read(Key.duration("k"), "90d")).contains(Duration.ofDays(90));
    assertThat(read(Key.duration("k"), "500ms")).contains(Duration.ofMillis(500));
    refused(Key.duration("k"), "50", "must have a unit (ms, s, m, h, d), was 50");
    refused(
        Key.duration("k"), "1.5h", "must be a whole number with a unit (ms, s, m, h, d), was 1.5h");
    refused(Key.duration("k"), "36501d", "must be at most 36500d, was 36501d");
    refused(
        Key.duration("k").between(Duration.ofSeconds(1), Duration.ofMinutes(5)),
        "10m",
        "must be between 1s and 5m, was 10m");
  }

  @Test
  void aRelativePathStartsAtTheFolderOfTheFile() {
    String file = folder.resolve("sb.yaml").toString();
    ConfigMapping top = ConfigFile.parse(file, "k: in/day.jsonl\nl: '-'", problems).orElseThrow();
    assertThat(Key.path("k").required("m").read(top, problems))
        .contains(folder.resolve("in/day.jsonl").toAbsolutePath());
    assertThat(Key.pathOrStandardStream("l").required("m").read(top, problems))
        .contains(Key.STANDARD_STREAM);
    Path absolute = folder.toAbsolutePath();
    assertThat(read(Key.path("k"), "'" + absolute + "'")).contains(absolute);
    refused(Key.path("k"), "'-'", "must be a path, was -");
    refused(Key.path("k"), "~/x", "must be a path without ~, was ~/x");
    refused(
        Key.path("k"),
        "\"C:\\temp\"",
        "must be a path, in single quotes if it has backslashes, was \"C:\\temp\"");
  }

  @Test
  void oneOf() {
    assertThat(read(Key.oneOf("k", TimeUnit.class), "seconds")).contains(TimeUnit.SECONDS);
    assertThat(read(Key.oneOf("k", List.of("tcp", "tls")), "tls")).contains("tls");
    refused(
        Key.oneOf("k", List.of("tcp", "tls")),
        "TLS",
        "must be one of tcp, tls, was TLS, did you mean tls?");
    refused(Key.oneOf("k", List.of("tcp", "tls")), "relp", "must be one of tcp, tls, was relp");
  }

  @Test
  void severalOf() {
    assertThat(read(Key.severalOf("k", List.of("tcp", "tls")), "[tls, tcp]"))
        .contains(List.of("tls", "tcp"));
    Problems own = new Problems();
    ConfigMapping top = ConfigFile.parse("sb.yaml", "k:\n- tcp\n- udp\n-\n", own).orElseThrow();
    assertThat(Key.severalOf("k", List.of("tcp")).optional("m").read(top, own)).isEmpty();
    assertThat(own.toString().lines())
        .containsExactly(
            "sb.yaml:3: k[1] must be one of tcp, was udp",
            "sb.yaml:4: k[2] has no value, give it one or remove it");
  }

  @Test
  void texts() {
    assertThat(read(Key.texts("k"), "[k1:9092, 7]")).contains(List.of("k1:9092", "7"));
    refused(Key.texts("k"), "k1:9092", "must be a list, write [k1:9092], was k1:9092");
    refused(Key.texts("k"), "{a: 1}", "must be a list, was a mapping");
    refused(Key.texts("k"), "[]", "must not be empty, was []");
  }

  @Test
  void properties() {
    assertThat(read(Key.properties("k"), "{b.c: 1e3, a: no}").orElseThrow())
        .containsExactly(Map.entry("b.c", "1e3"), Map.entry("a", "no"));
    assertThat(read(Key.properties("k"), "")).contains(Map.of());
    Problems own = new Problems();
    ConfigMapping top = ConfigFile.parse("sb.yaml", "k:\n  a: [1]\n  b:\n", own).orElseThrow();
    assertThat(Key.properties("k").optional("m").read(top, own)).isEmpty();
    assertThat(own.toString().lines())
        .containsExactly(
            "sb.yaml:2: k.a must be text, was a list",
            "sb.yaml:3: k.b has no value, give it one or remove it");
  }

  @Test
  void entries() {
    assertThat(read(Key.entries("k"), "{lake: {type: kafka}, file: }").orElseThrow().keySet())
        .containsExactly("lake", "file");
    refused(Key.entries("k"), "[a]", "must be a mapping of id to entry, was a list");
    refused(Key.entries("k"), "all", "must be a mapping of id to entry, was all");
  }

  @Test
  void aSecretIsNeverRepeated() {
    refused(Key.secretFile("k"), "[hunter2]", "must be a path");
    refused(Key.secretFile("k"), "~hunter2", "must be a path without ~");
    refused(Key.texts("k").secret(), "hunter2", "must be a list");
    refused(Key.text("k").where(s -> false, "must be shorter").secret(), "x", "must be shorter");
  }

  @Test
  void aDefaultIsDescribedAsItWouldBeWritten() {
    assertThat(
            List.<Key<?>>of(
                    Key.properties("k").orElse(Map.of("a", "b=c"), "m"),
                    Key.severalOf("k", TimeUnit.class).orElse(List.of(TimeUnit.DAYS), "m"),
                    Key.decimal("k").orElse(1.0, "m"),
                    Key.flag("k").orElse(false, "m"),
                    Key.path("k").orElse(Key.STANDARD_STREAM, "m"))
                .stream()
                .map(key -> key.description().defaultText().orElseThrow()))
        .containsExactly("{a: b=c}", "[days]", "1", "false", "-");
  }

  @Test
  void aCustomRule() {
    KeyDraft<String> topic = Key.text("k").where(s -> s.length() < 5, "must be at most 4 letters");
    assertThat(read(topic, "abcd")).contains("abcd");
    refused(topic, "abcde", "must be at most 4 letters, was abcde");
  }

  @Test
  void anAbsentKey() {
    ConfigMapping top = ConfigFile.parse("sb.yaml", "", problems).orElseThrow();
    assertThat(Key.text("k").orElse("d", "m").read(top, problems)).contains("d");
    assertThat(Key.text("k").optional("m").read(top, problems)).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
    assertThat(Key.text("k").required("the topic").read(top, problems)).isEmpty();
    assertThat(problems).hasToString("sb.yaml:1: k is missing (the topic)");
  }

  @Test
  void anAbsentSectionReportsItsMissingKeys() {
    Key<String> address = Key.text("address").required("host:port");
    ConfigSpec<String> http = ConfigSpec.of(v -> v.get(address), address);
    ConfigMapping top = ConfigFile.parse("sb.yaml", "a: 1\nhttp:", problems).orElseThrow();
    assertThat(Key.section("http", http).optional("m").read(top, problems)).isEmpty();
    assertThat(Key.section("web", http).optional("m").read(top, problems)).isEmpty();
    assertThat(Key.section("api", http).orDefaults("m").read(top, problems)).isEmpty();
    assertThat(problems.toString().lines())
        .containsExactly(
            "sb.yaml:1: api.address is missing (host:port)",
            "sb.yaml:2: http.address is missing (host:port)");
  }

  @Test
  void aLongOrInvisibleTextIsShownVisibly() {
    refused(Key.flag("k"), "' true'", "must be true or false, was \" true\"");
    refused(Key.flag("k"), "\"a\\nb\\x01\"", "must be true or false, was \"a\\nb\\x01\"");
    refused(Key.flag("k"), "x".repeat(81), "must be true or false, was " + "x".repeat(80) + "...");
  }
}
