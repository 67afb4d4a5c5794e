package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  @TempDir Path folder;

  private final Problems problems = new Problems();

  private Optional<ConfigMapping> parse(String yaml) {
    return ConfigFile.parse("sb.yaml", yaml, problems);
  }

  private Path write(String text, Charset charset) throws IOException {
    return Files.write(folder.resolve("sb.yaml"), text.getBytes(charset));
  }

  private String toldOf(String yaml) {
    assertThat(parse(yaml)).isEmpty();
    return problems.toString();
  }

  @Test
  void everyScalarIsTextAsItIsWritten() {
    ConfigMapping top =
        parse("a: no\nb: 0123\nc: 1e3\nd: '~'\ne: 2026-11-20\nf: \"Zoë \\u263A\"\ng: |\n  x\n  y\n")
            .orElseThrow();
    assertThat(top.entries().values().stream().map(n -> n.text().orElseThrow()))
        .containsExactly("no", "0123", "1e3", "~", "2026-11-20", "Zoë \u263a", "x\ny\n");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void keepsTheOrderTheLinesAndThePaths() {
    ConfigMapping top = parse("# c\nz:\n  y: [a,\n    b]\nb: {c: 1}\n").orElseThrow();
    assertThat(top.entries().keySet()).containsExactly("z", "b");
    ConfigMapping z = top.child("z").flatMap(ConfigNode::mapping).orElseThrow();
    assertThat(z.place()).isEqualTo(new Place("sb.yaml", 2, "z"));
    assertThat(z.place("y")).isEqualTo(new Place("sb.yaml", 3, "z.y"));
    assertThat(z.place("absent")).isEqualTo(new Place("sb.yaml", 2, "z.absent"));
    assertThat(z.child("y").flatMap(ConfigNode::items).orElseThrow().get(1).place())
        .isEqualTo(new Place("sb.yaml", 4, "z.y[1]"));
  }

  @Test
  void readsAFileWithCrLfAndAByteOrderMark() throws IOException {
    Path file = write("\uFEFFa: 1\r\nb: ü\r\nb: 2\r\n", UTF_8);
    ConfigMapping top = ConfigFile.read(file, problems).orElseThrow();
    assertThat(top.child("a").flatMap(ConfigNode::text)).contains("1");
    assertThat(top.child("b").flatMap(ConfigNode::text)).contains("ü");
    assertThat(problems).hasToString(file + ":3: b appears twice, first in line 2");
  }

  @Test
  void anEmptyFileHasNoKeys() {
    assertThat(parse("").orElseThrow().entries()).isEmpty();
    assertThat(parse("# only a remark\n").orElseThrow().entries()).isEmpty();
    assertThat(parse("---\n").orElseThrow().entries()).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void reportsAFileThatCannotBeRead() throws IOException {
    Path absent = folder.resolve("absent.yaml");
    assertThat(ConfigFile.read(absent, problems)).isEmpty();
    assertThat(ConfigFile.read(folder, problems)).isEmpty();
    assertThat(problems.sorted().stream().map(Problem::toString))
        .containsExactlyInAnyOrder(
            absent + ": does not exist", folder + ": must be a file, was a folder");
  }

  @Test
  void reportsAFileInAnotherEncoding() throws IOException {
    Path file = write("a: 1\nb: Zoë\n", ISO_8859_1);
    assertThat(ConfigFile.read(file, problems)).isEmpty();
    assertThat(problems).hasToString(file + ":2: must be saved as UTF-8, was another encoding");
  }

  @Test
  void reportsAFileInUtf16() throws IOException {
    Path file = write("\uFEFFa: 1\n", UTF_16LE);
    assertThat(ConfigFile.read(file, problems)).isEmpty();
    assertThat(problems).hasToString(file + ": must be saved as UTF-8, was UTF-16");
  }

  @Test
  void readsUpToOneMebibyte() throws IOException {
    String line = "k: 1\n#";
    Path largest = write(line + "x".repeat((1 << 20) - line.length()), UTF_8);
    assertThat(ConfigFile.read(largest, problems)).isPresent();
    Path larger = write(line + "x".repeat((1 << 20) - line.length() + 1), UTF_8);
    assertThat(ConfigFile.read(larger, problems)).isEmpty();
    assertThat(problems).hasToString(larger + ": must be at most 1MiB, was larger");
  }

  @Test
  void reportsATab() {
    assertThat(toldOf("a:\n\tb: 1\n"))
        .isEqualTo("sb.yaml:2: must be indented with spaces, was a tab");
  }

  @Test
  void reportsInvalidYaml() {
    assertThat(toldOf("a: 1\nb: c: d\n"))
        .isEqualTo(
            "sb.yaml:2: is not YAML: correct the indentation, or put the value in quotes if it"
                + " contains ': '");
  }

  @Test
  void reportsWhereAnUnclosedQuoteBegan() {
    assertThat(toldOf("a: 1\nb: 'x\nc: d\n"))
        .isEqualTo("sb.yaml:4: is not YAML: the quote that opens in line 2 is not closed");
  }

  @Test
  void reportsUnequalIndentation() {
    assertThat(toldOf("a: 1\nb:\n  c: 1\n d: 2\n"))
        .isEqualTo(
            "sb.yaml:4: is not YAML: keys of one mapping must be indented equally, this one begins"
                + " in line 1");
  }

  @Test
  void reportsWhereAnUnclosedListBegan() {
    assertThat(toldOf("a: 1\nb: [x,\nc: d\n"))
        .isEqualTo("sb.yaml:4: is not YAML: the [ that opens in line 2, column 4, is not closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      value = {
        "a: {type: replay path: x} => 1: expected a comma or } at column 22, found ':', inside"
            + " the { that opens in line 1, column 4",
        "a: {type: 'x' path: y} => 1: expected a comma or } at column 15, found text, inside"
            + " the { that opens in line 1, column 4",
        "a: {x: 1~    b: {c: 1}~} => 2: expected a comma or } at column 6, found ':', inside"
            + " the { that opens in line 1, column 4",
        "a:~  b: [\"x\" \"y\"] => 2: expected a comma or ] at column 11, found text, inside"
            + " the [ that opens in line 2, column 6",
        "a: {x: [1, 2} => 1: expected a comma or ] at column 13, found '}', inside"
            + " the [ that opens in line 1, column 8",
        "a: {x: 1, y: [2] => 2: the { that opens in line 1, column 4, is not closed",
        "a: {b: 1,, c: 2} => 1: expected a value at column 10, found ','",
        "a: [~  - b~] => 2: expected a value at column 3, found '-': in [ ] commas"
            + " separate the entries, not dashes",
        "a: [b]] => 1: expected the end of the line at column 7, found ']'",
        "a: \"x\" y => 1: expected the end of the line at column 8, found text",
        "a: 1~b~c: 2 => 2: expected a colon, a space and a value after the key",
        "a: @x => 1: a value cannot begin with @, as at column 4: put it in quotes",
        "users: [*] => 1: a value cannot begin with *, as at column 9: put it in quotes",
        "a: 1~b: * => 2: a value cannot begin with *, as at column 4: put it in quotes",
        "b: & => 1: a value cannot begin with &, as at column 4: put it in quotes",
        "a: !<x => 1: expected '>', but found ' ' (10) (column 7)",
        "a: |x => 1: expected chomping or indentation indicators, but found x(120)" + " (column 5)"
      })
  void reportsTheColumnAndWhatWasExpected(String yaml, String expected) {
    String[] lineAndText = expected.split(": ", 2);
    assertThat(toldOf(yaml.replace('~', '\n') + "\n"))
        .isEqualTo("sb.yaml:" + lineAndText[0] + ": is not YAML: " + lineAndText[1]);
  }

  @Test
  void reportsAWindowsPathInDoubleQuotes() {
    assertThat(toldOf("a: 1\npath: \"C:\\Users\\kim\"\n"))
        .isEqualTo(
            "sb.yaml:2: is not YAML: in double quotes a backslash begins an escape, write single"
                + " quotes");
  }

  @Test
  void reportsAPathWithAnInvalidEscape() {
    assertThat(toldOf("path: \"D:\\kim\"\n"))
        .isEqualTo(
            "sb.yaml:1: is not YAML: in double quotes a backslash begins an escape, write single"
                + " quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path: -", "path: - # standard input"})
  void reportsADashThatNeedsQuotes(String yaml) {
    assertThat(toldOf(yaml))
        .isEqualTo("sb.yaml:1: is not YAML: a value that is only - is written in quotes, \"-\"");
  }

  @Test
  void aDashInBracesNeedsNoQuotes() {
    ConfigMapping top = parse("f: {path: -, g: -}").orElseThrow();
    ConfigMapping f = top.child("f").flatMap(ConfigNode::mapping).orElseThrow();
    assertThat(f.child("path").flatMap(ConfigNode::text)).contains("-");
    assertThat(f.child("g").flatMap(ConfigNode::text)).contains("-");
  }

  @Test
  void reportsAnInvalidCharacter() {
    assertThat(toldOf("a: 1\nb: \uD83D\uDE00\nc: x\u0000y\n"))
        .isEqualTo("sb.yaml:3: must be text, was the character U+0000");
  }

  @Test
  void reportsATopLevelThatIsNotAMapping() {
    assertThat(toldOf("- a\n- b\n"))
        .isEqualTo("sb.yaml:1: must be a mapping of key to value, was a list");
  }

  @Test
  void reportsEverythingUnsupportedInOneRun() {
    assertThat(toldOf("a: &x {k: 1}\nb: *x\nc:\n  <<: *x\nd: !secret e\n---\nf: 1\n").lines())
        .containsExactly(
            "sb.yaml:1: a has an anchor, which is not supported; put text in quotes: \"&x\"",
            "sb.yaml:2: b is an alias, which is not supported; put text in quotes: \"*x\"",
            "sb.yaml:4: c has a merge key (<<), which is not supported",
            "sb.yaml:4: c.<< is an alias, which is not supported; put text in quotes: \"*x\"",
            "sb.yaml:5: d has a tag, which is not supported; put text in quotes: \"!secret\"",
            "sb.yaml:6: a second document starts here, only one is allowed");
  }

  @Test
  void reportsATemplateThatWasNotFilledIn() {
    assertThat(toldOf("a: {{ topic }}\n"))
        .isEqualTo("sb.yaml:1: a has a key that is not text, was a mapping");
  }

  @Test
  void reportsBothLinesOfAnEntryGivenTwiceAndKeepsTheFirst() {
    ConfigMapping top = parse("sinks:\n  lake: 1\n  pond: 2\n  lake: 3\n").orElseThrow();
    assertThat(problems).hasToString("sb.yaml:4: sinks.lake appears twice, first in line 2");
    assertThat(
            top.child("sinks")
                .flatMap(ConfigNode::mapping)
                .flatMap(m -> m.child("lake"))
                .flatMap(ConfigNode::text))
        .contains("1");
  }

  @Test
  void stopsAtADepthThatNoConfigurationHas() {
    assertThat(toldOf("a: " + "[".repeat(500_000)))
        .isEqualTo("sb.yaml:1: is not YAML: deeper than 20 levels (column 24)");
  }

  @Test
  void anAliasBombIsRefusedBeforeItUnfolds() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(toldOf(bomb.toString()).lines())
        .hasSize(101)
        .endsWith("and 78 more problems")
        .contains(
            "sb.yaml:2: a1[0] is an alias, which is not supported; put text in quotes: \"*a0\"");
  }
}
