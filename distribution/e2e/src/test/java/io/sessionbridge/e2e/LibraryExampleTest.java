package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

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
}
