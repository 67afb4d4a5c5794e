package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.ConfigFile;
import io.sessionbridge.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffectiveValuesTest {

  @TempDir private Path folder;

  private List<String> of(String text) {
    Problems problems = new Problems();
    String file = folder.resolve("c.yaml").toString();
    List<String> lines =
        EffectiveValues.of(ConfigFile.parse(file, text, problems).orElseThrow()).stream()
            .map(line -> line.replace(file, "c.yaml"))
            .toList();
    problems.throwIfAny();
    return lines;
  }

  @Test
  void cutsWhatFollowsTheQuestionMarkOfAUrl() {
    assertThat(
            of(
                """
                sinks:
                  a: {server: 'wss://broker/mqtt?X-Amz-Signature=f00&a=b'}
                  b: {servers: ['https://one/?sig=f00', 'two:9092']}
                  c: {topic: 'what?'}
                """))
        .containsExactly(
            "sinks.a.server: wss://broker/mqtt?***  (c.yaml:2)",
            "sinks.b.servers[0]: https://one/?***  (c.yaml:3)",
            "sinks.b.servers[1]: two:9092  (c.yaml:3)",
            "sinks.c.topic: what?  (c.yaml:4)");
  }

  @Test
  void masksTheLoginInFrontOfAQuery() {
    assertThat(of("server: 'wss://kim:f00@broker/?sig=f00'\n"))
        .containsExactly("server: wss://***@broker/?***  (c.yaml:1)");
  }

  @Test
  void countsTheArgumentsOfACommand() {
    assertThat(
            of(
                """
                sinks:
                  a: {run: [/usr/bin/curl, -H, 'Authorization: Bearer f00']}
                  b: {run: ['C:\\it\\clean.exe']}
                """))
        .containsExactly(
            "sinks.a.run[0]: /usr/bin/curl and 2 arguments  (c.yaml:2)",
            "sinks.b.run[0]: C:\\it\\clean.exe  (c.yaml:3)");
  }

  @Test
  void showsTheFileOfASecretAndNoSecretInItsPlace() throws Exception {
    Files.writeString(folder.resolve("mqtt.password"), "f00");
    assertThat(
            of(
                """
                sinks:
                  a: {password_file: mqtt.password}
                  b: {password_file: correct-horse}
                  c: {password: f00}
                """))
        .containsExactly(
            "sinks.a.password_file: mqtt.password  (c.yaml:2)",
            "sinks.b.password_file: (not shown: no such file)  (c.yaml:3)",
            "sinks.c.password: (not shown)  (c.yaml:4)");
  }
}
