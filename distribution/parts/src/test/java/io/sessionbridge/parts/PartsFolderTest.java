package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsFolderTest {

  @TempDir private Path folder;

  private Path jar(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void holdsSlimJarsAndWhatIsToBeSaidOfThem() throws Exception {
    Path list = folder.resolve("bom.json");
    Files.writeString(
        list,
        """
        {"components": [{"group": "g", "name": "a", "version": "1",
          "licenses": [{"license": {"id": "MIT"}}]}]}
        """);
    List<Path> jars =
        List.of(
            jar("a-1.jar", "META-INF/LICENSE", "NOTICE", "linux/amd64/x.so", "linux/s390x/x.so"),
            jar("sessionbridge-cli-1.jar", "x"));
    Path parts = folder.resolve("parts");
    Files.createDirectories(parts.resolve("lib"));
    Files.writeString(parts.resolve("lib/a-0.jar"), "of the build before");

    PartsFolder.fill(parts, jars, list, folder);

    try (Stream<Path> lib = Files.list(parts.resolve("lib"))) {
      assertThat(lib.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder("a-1.jar", "sessionbridge-cli-1.jar");
    }
    try (ZipFile slim = new ZipFile(parts.resolve("lib/a-1.jar").toFile())) {
      assertThat(slim.stream().map(ZipEntry::getName))
          .containsExactly("META-INF/LICENSE", "NOTICE", "linux/amd64/x.so");
    }
    assertThat(parts.resolve("THIRD-PARTY.txt")).content().contains("g:a 1", "META-INF/LICENSE");
    assertThat(parts.resolve("NOTICE")).content().contains("SessionBridge", "NOTICE");
    assertThat(parts.resolve("sbom.cdx.json")).hasSameTextualContentAs(list);
  }

  @Test
  void saysHowToGetAListOfParts() {
    Path list = folder.resolve("bom.json");

    assertThatThrownBy(() -> PartsFolder.fill(folder, List.of(), list, folder))
        .hasMessage(
            "no list of parts in %s: build that module once without -o, which leaves it out", list);
  }
}
