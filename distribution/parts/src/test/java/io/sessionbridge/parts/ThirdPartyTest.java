package io.sessionbridge.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.parts.Parts.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThirdPartyTest {

  @TempDir private Path folder;

  private Path jar(String name, Map<String, String> entries) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return file;
  }

  @Test
  void namesEachLibraryAndHasEachTextOnce() throws Exception {
    Files.writeString(folder.resolve("MIT.txt"), "as you like\n");
    List<Path> jars =
        List.of(
            jar("a-1.jar", Map.of("META-INF/LICENSE", "as you like\r\n", "NOTICE", "by A")),
            jar("b-2.jar", Map.of("x", "y")),
            jar("sessionbridge-cli-1.jar", Map.of("x", "y")));
    List<Part> parts =
        List.of(
            new Part("g", "a", "1", "", List.of("Own"), Map.of()),
            new Part("g", "b", "2", "", List.of("MIT"), Map.of()));

    ThirdParty all = ThirdParty.of(parts, jars, new LicenceTexts(folder));

    assertThat(all.text())
        .contains("g:a 1\n  Own\n  text 1\n", "g:b 2\n  MIT\n  text 1\n", "\nText 1\n")
        .containsOnlyOnce("as you like")
        .doesNotContain("sessionbridge-cli");
    assertThat(all.notice()).endsWith("\na\n\nby A\n");
  }

  @Test
  void refusesALibraryWithoutATextOfItsLicence() throws Exception {
    Path jar = jar("a-1.jar", Map.of("x", "y"));
    List<Part> parts = List.of(new Part("g", "a", "1", "", List.of("Own"), Map.of()));

    assertThatThrownBy(() -> ThirdParty.of(parts, List.of(jar), new LicenceTexts(folder)))
        .hasMessage("a-1.jar (Own) has no text of its licence: add " + folder.resolve("a.txt"));
  }

  @Test
  void refusesALibraryThatNobodyListed() throws Exception {
    Path jar = jar("a-1.jar", Map.of("LICENSE", "y"));

    assertThatThrownBy(() -> ThirdParty.of(List.of(), List.of(jar), new LicenceTexts(folder)))
        .hasMessage("a-1.jar is not in the list of parts, so its licence is unknown");
  }

  @Test
  void readsTheListOfParts() throws Exception {
    Path list = folder.resolve("bom.json");
    Files.writeString(
        list,
        """
        {"components": [
          {"group": "g", "name": "a", "version": "1", "hashes": [{"alg": "MD5", "content": "0a"}],
           "licenses": [{"license": {"id": "MIT", "url": "x"}}, {"license": {"name": "Own"}}]},
          {"name": "b", "version": "2", "licenses": [{"expression": "MIT OR EPL-2.0"}]}]}
        """);

    assertThat(Parts.read(list))
        .containsExactly(
            new Part("g", "a", "1", "", List.of("MIT", "Own"), Map.of("MD5", "0a")),
            new Part("", "b", "2", "", List.of("MIT OR EPL-2.0"), Map.of()));
  }
}
