package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.tree.ConfigNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void aFileAloneIsWhatItWas() throws Exception {
    Files.delete(over);

    assertThat(read().files()).containsExactly(file);
    assertThat(text(read(), "sinks", "lake", "topic")).contains("a");
  }

  @Test
  void theLastFileWinsByKeyAndSaysWhatItReplaces() throws Exception {
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
}
