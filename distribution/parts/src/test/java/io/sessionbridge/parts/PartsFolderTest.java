package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
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

    PartsFolder.fill(parts, jars, list, folder, SlimJar.For.LINUX_AND_WINDOWS);

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
  void theHashesInTheListAreThoseOfTheSlimJars() throws Exception {
    Path slimmed = jar("a-1.jar", "META-INF/LICENSE", "linux/s390x/x.so");
    Path kept = jar("b-1.jar", "META-INF/LICENSE");
    Path own = jar("sessionbridge-cli-1.jar", "x");
    Path list = folder.resolve("bom.json");
    Files.writeString(
        list,
        "{\"components\": [\n"
            + component("a", slimmed)
            + ",\n"
            + component("b", kept)
            + ",\n"
            + component("sessionbridge-cli", own)
            + "]}\n");
    Path parts = folder.resolve("parts");

    PartsFolder.fill(
        parts, List.of(slimmed, kept, own), list, folder, SlimJar.For.LINUX_AND_WINDOWS);

    Path lib = parts.resolve("lib");
    assertThat(parts.resolve("sbom.cdx.json"))
        .hasContent(
            "{\"components\": [\n"
                + component("a", lib.resolve("a-1.jar"))
                + ",\n"
                + component("b", lib.resolve("b-1.jar"))
                + ",\n"
                + component("sessionbridge-cli", lib.resolve("sessionbridge-cli-1.jar"))
                + "]}\n");
    assertThat(hash("SHA-256", slimmed)).isNotEqualTo(hash("SHA-256", lib.resolve("a-1.jar")));
  }

  @Test
  void keepsAllNativeCodeOfProgramsThatRunAnywhere() throws Exception {
    Path list = folder.resolve("bom.json");
    Files.writeString(
        list,
        """
        {"components": [{"group": "g", "name": "a", "version": "1",
          "purl": "pkg:maven/g/a@1?classifier=linux-x86_64&type=jar",
          "licenses": [{"license": {"id": "MIT"}}]}]}
        """);
    Path jar = jar("a-1-linux-x86_64.jar", "META-INF/LICENSE", "META-INF/native/x.so");
    Path parts = folder.resolve("parts");

    PartsFolder.fill(parts, List.of(jar), list, folder, SlimJar.For.ANYWHERE);

    assertThat(parts.resolve("lib/a-1-linux-x86_64.jar")).hasSameBinaryContentAs(jar);
    assertThat(parts.resolve("THIRD-PARTY.txt")).content().contains("g:a 1");
  }

  private static String component(String name, Path jar) throws Exception {
    return ("{\"group\": \"g\", \"name\": \"%s\", \"version\": \"1\", \"hashes\": ["
            + "{\"alg\": \"SHA-1\", \"content\": \"%s\"},"
            + "{\"alg\": \"SHA-256\", \"content\": \"%s\"}]}")
        .formatted(name, hash("SHA-1", jar), hash("SHA-256", jar));
  }

  private static String hash(String algorithm, Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
  }

  @Test
  void saysHowToGetAListOfParts() {
    Path list = folder.resolve("bom.json");

    assertThatThrownBy(
            () -> PartsFolder.fill(folder, List.of(), list, folder, SlimJar.For.ANYWHERE))
        .hasMessage(
            "no list of parts in %s: build that module once without -o, which leaves it out", list);
  }
}
