package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.tree.ConfigList;
import io.sessionbridge.config.tree.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLayersTest {

  @TempDir private Path folder;
  private final Problems problems = new Problems();
  private Path file;
  private Path over;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("sb.yaml"),
            "data_dir: data\nsinks:\n  lake: {type: kafka, topic: a}\n  desk: {type: mqtt}\n");
    over = Files.createDirectory(folder.resolve("conf.d"));
  }

  private ConfigLayers read() {
    ConfigLayers layers = ConfigLayers.read(file, problems).orElseThrow();
    problems.throwIfAny();
    return layers;
  }

  private static Optional<String> text(ConfigLayers layers, String... path) {
    Optional<ConfigNode> node = Optional.of(layers.top());
    for (String name : path) {
      node = node.flatMap(ConfigNode::mapping).flatMap(mapping -> mapping.child(name));
    }
    return node.flatMap(ConfigNode::text);
  }

  @Test
  void aSingleFileIsUnchanged() throws Exception {
    Files.delete(over);

    assertThat(read().files()).containsExactly(file);
    assertThat(text(read(), "sinks", "lake", "topic")).contains("a");
  }

  @Test
  void theLastFileWinsByKeyAndReportsReplacedValues() throws Exception {
    Path first = Files.writeString(over.resolve("10-a.yaml"), "sinks: {lake: {topic: b}}\n");
    Path second =
        Files.writeString(
            over.resolve("20-b.yaml"), "\nsinks:\n  lake: {topic: c}\n  siem: {type: syslog}\n");
    Files.writeString(over.resolve("30-c.yaml.off"), "sinks: {lake: {topic: d}}\n");

    ConfigLayers layers = read();

    assertThat(layers.files()).containsExactly(file, first, second);
    assertThat(text(layers, "sinks", "lake", "topic")).contains("c");
    assertThat(text(layers, "sinks", "lake", "type")).contains("kafka");
    assertThat(text(layers, "sinks", "desk", "type")).contains("mqtt");
    assertThat(text(layers, "sinks", "siem", "type")).contains("syslog");
    assertThat(layers.replaced())
        .extracting(Object::toString)
        .containsExactly(
            first + ":1: sinks.lake.topic replaces that of " + file + ":3",
            second + ":3: sinks.lake.topic replaces that of " + first + ":1");
  }

  @Test
  void aValueReplacesASectionAndItsPlaceIsThatOfItsFile() throws Exception {
    Path top = Files.writeString(over.resolve("a.yaml"), "sinks: none\n");

    ConfigLayers layers = read();

    assertThat(text(layers, "sinks")).contains("none");
    assertThat(layers.top().place("sinks")).isEqualTo(new Place(top.toString(), 1, "sinks"));
  }

  @Test
  void everyFileMustBeAMapping() throws Exception {
    Path wrong = Files.writeString(over.resolve("a.yaml"), "- x\n");

    assertThat(ConfigLayers.read(file, problems)).isEmpty();
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly(wrong + ":1: must be a mapping of key to value, was a list");
  }

  private List<String> problems() {
    Optional<ConfigLayers> unused = ConfigLayers.read(file, problems);
    return problems.sorted().stream().map(Object::toString).toList();
  }

  @Test
  void aKeyWithoutAValueRemovesNoSection() throws Exception {
    Files.writeString(file, "sinks:\n  lake:\n    type: kafka\n    privacy: {users: pseudonyms}\n");
    Files.writeString(over.resolve("a.yaml"), "sinks:\n  lake:\n    privacy:\n");
    Files.writeString(over.resolve("b.yaml"), "sinks: ~\n");

    ConfigLayers layers = read();

    assertThat(text(layers, "sinks", "lake", "privacy", "users")).contains("pseudonyms");
    assertThat(layers.replaced()).isEmpty();
  }

  /** Such as {@code control: false}, which an empty section would switch on again. */
  @Test
  void aKeyWithoutAValueReplacesNoText() throws Exception {
    Files.writeString(file, "control: false\ndata_dir: data\nlist: [a]\n");
    Files.writeString(over.resolve("a.yaml"), "control:\n  # path: x\ndata_dir:\nlist: ~\n");

    ConfigLayers layers = read();

    assertThat(text(layers, "control")).contains("false");
    assertThat(text(layers, "data_dir")).contains("data");
    assertThat(layers.top().child("list")).get().isInstanceOf(ConfigList.class);
    assertThat(layers.replaced()).isEmpty();
  }

  @Test
  void aSectionOverAKeyWithoutAValueReplacesNothing() throws Exception {
    Files.writeString(file, "sinks:\n");
    Files.writeString(over.resolve("a.yaml"), "sinks: {lake: {type: kafka}}\n");

    ConfigLayers layers = read();

    assertThat(text(layers, "sinks", "lake", "type")).contains("kafka");
    assertThat(layers.replaced()).isEmpty();
  }

  /** Of editors, of macOS on a share, of Emacs. */
  @ParameterizedTest
  @ValueSource(strings = {".20-site.yaml", "._x.yaml", ".#x.yaml", ".yml", ".X.YAML"})
  void hiddenFilesAreNotRead(String name) throws Exception {
    Files.writeString(over.resolve(name), "data_dir: elsewhere\n");

    assertThat(text(read(), "data_dir")).contains("data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.yml", "a.YML", "a.YAML", "a.Yaml"})
  void aSkippedFileThatLooksLikeAConfigurationIsAProblem(String name) throws Exception {
    Path seems = Files.writeString(over.resolve(name), "data_dir: elsewhere\n");

    assertThat(problems()).containsExactly(seems + ": is not read: its name must end with .yaml");
  }

  @Test
  void theFolderMustBeAFolder() throws Exception {
    Files.delete(over);
    Files.writeString(over, "data_dir: elsewhere\n");

    assertThat(problems()).containsExactly(over + ": must be a folder, was a file");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDanglingLinkIsAProblem() throws Exception {
    Files.delete(over);
    Files.createSymbolicLink(over, folder.resolve("gone"));

    assertThat(problems()).containsExactly(over + ": must be a folder that can be read");
  }

  @Test
  void nothingIsReadOfAFolderThatIsRefused() throws Exception {
    Files.writeString(over.resolve("a.yaml"), "- no mapping\n");
    List<Path> asked = new ArrayList<>();
    Optional<ConfigLayers> layers =
        ConfigLayers.read(
            file,
            problems,
            path -> {
              asked.add(path);
              return Optional.of("is refused");
            });

    assertThat(asked).containsExactly(over);
    assertThat(layers.orElseThrow().files()).containsExactly(file);
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly(over + ": is refused");
  }

  @Test
  void aFileThatIsRefusedIsNotRead() throws Exception {
    Path good = Files.writeString(over.resolve("a.yaml"), "data_dir: elsewhere\n");
    Path bad = Files.writeString(over.resolve("b.yaml"), "- no mapping\n");
    Optional<ConfigLayers> layers =
        ConfigLayers.read(
            file,
            problems,
            path -> {
              if (path.equals(bad)) {
                throw new IOException("no answer");
              }
              return Optional.empty();
            });

    assertThat(layers.orElseThrow().files()).containsExactly(file, good);
    assertThat(problems.sorted())
        .extracting(Object::toString)
        .containsExactly(bad + ": is refused: who can modify it is unknown: no answer");
  }
}
