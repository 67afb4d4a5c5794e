package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages show is what the build compiles. */
class LibraryExampleTest {

  @Test
  void theReadmeShowsTheProgramThatIsRun() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/sessionbridge/e2e/SessionExample.java"));
    String shown =
        source
            .replace("package io.sessionbridge.e2e;\n\n", "")
            .replace("/** The example of the library's README. */\n", "")
            .replace("  private SessionExample() {}\n\n", "");
    assertThat(Files.readString(Path.of("../../sources/windows/README.md")))
        .contains("```java\n" + shown + "```\n");
  }

  /** Each Java file of the tutorial's sink stands in the tutorial as it is built. */
  @Test
  void theTutorialShowsTheSinkThatIsBuilt() throws IOException {
    String page = Files.readString(Path.of("../../core/spi/README.md"));
    Path project = Path.of("src/it/webhook-sink/src");
    try (Stream<Path> files = Files.walk(project)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSize(5);
      for (Path source : sources) {
        assertThat(page).contains("```java\n" + Files.readString(source) + "```\n");
      }
    }
  }
}
