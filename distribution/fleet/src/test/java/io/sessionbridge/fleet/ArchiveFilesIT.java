package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.parts.ArchiveList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the archive: a list, which {@code -Dgolden.write=true} writes. */
class ArchiveFilesIT {

  private static final Path LIST = Path.of("src/test/resources/files.txt");
  private static final Path FOLDER = Path.of("target/sessionbridge-fleet");

  private static Path archive() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".zip")).toList();
      assertThat(archives).hasSize(1);
      return archives.get(0);
    }
  }

  @Test
  void hasTheFilesOfItsList() throws Exception {
    List<String> found = ArchiveList.of(archive());
    if (Boolean.getBoolean("golden.write")) {
      Files.write(LIST, found);
    }
    assertThat(found).isEqualTo(Files.readAllLines(LIST));
  }

  @Test
  void saysWhatIsInIt() throws Exception {
    String parts = Files.readString(FOLDER.resolve("sbom.cdx.json"));
    String licences = Files.readString(FOLDER.resolve("THIRD-PARTY.txt"));
    assertThat(FOLDER.resolve("NOTICE")).content().contains("Apache");
    try (Stream<Path> lib = Files.list(Path.of("target/lib"))) {
      lib.map(jar -> jar.getFileName().toString())
          .filter(jar -> !jar.startsWith("sessionbridge-"))
          .map(jar -> jar.replaceFirst("-[0-9].*", ""))
          .forEach(
              library -> {
                assertThat(parts).contains("\"name\" : \"" + library + "\"");
                assertThat(licences).contains(":" + library + " ");
              });
    }
  }
}
