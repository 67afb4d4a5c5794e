package io.sessionbridge.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules for the archive of every module that packs itself. */
public abstract class ArchiveContract {

  private static final Path TARGET = Path.of("target");

  private final String name;

  /**
   * The archive {@code sessionbridge-NAME-VERSION.zip}, and the folder it is made of.
   *
   * @param name also that of the {@link GoldenList}
   */
  protected ArchiveContract(String name) {
    this.name = name;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  final void hasTheFilesOfItsList() throws Exception {
    List<Path> archives = files(TARGET, ".zip");
    assertThat(archives).hasSize(1);
    GoldenList.assertEqual(ArchiveList.of(archives.get(0)), name);
  }

  @Test
  final void saysWhatIsInIt() throws Exception {
    Path folder = TARGET.resolve("sessionbridge-" + name);
    assertThat(folder.resolve("NOTICE")).content().contains("Apache");
    new LibraryNotices(
            Files.readString(folder.resolve("sbom.cdx.json")),
            Files.readString(folder.resolve("THIRD-PARTY.txt")))
        .assertName(
            files(TARGET.resolve("lib"), ".jar").stream()
                .map(jar -> jar.getFileName().toString())
                .toList());
  }

  @Test
  final void hasNoConcatenationThatIsLinkedAtRunTime() throws Exception {
    List<Path> jars =
        files(TARGET.resolve("sessionbridge-" + name).resolve("lib"), ".jar").stream()
            .filter(jar -> jar.getFileName().toString().startsWith("sessionbridge-"))
            .toList();
    assertThat(jars).isNotEmpty();
    for (Path jar : jars) {
      try (InputStream in = Files.newInputStream(jar)) {
        OwnJar.assertConcatenatesInline(jar.toString(), in);
      }
    }
  }
}
