package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.parts.ArchiveList;
import io.sessionbridge.parts.GoldenList;
import io.sessionbridge.parts.PartHashes;
import io.sessionbridge.parts.SlimJar;
import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the built packages; both have the same. */
class PackageFilesIT {

  private static final long LARGEST = 25_000_000;

  @TempDir private Path folder;

  private static Path built(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .reduce(
              (a, b) -> {
                throw new AssertionError("two packages: " + a + " and " + b);
              })
          .orElseThrow();
    }
  }

  private String run(String... command) throws Exception {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return said;
  }

  private static List<String> shown(List<String> lines) {
    return lines.stream().map(ArchiveList::withoutVersion).sorted().toList();
  }

  @Test
  void theDebHasWhatIsListed() throws Exception {
    Path deb = built(".deb");
    List<String> found = new ArrayList<>();
    run(RequiredTool.find("dpkg-deb").toString(), "-c", deb.toString())
        .lines()
        .filter(line -> !line.startsWith("d"))
        .map(line -> line.split(" +", 6))
        .forEach(part -> found.add(mode(part[0]) + part[1] + " " + part[5].substring(1)));

    GoldenList.assertEqual(shown(found), "package");
    assertThat(found).anyMatch(line -> line.contains("/man1/sessionbridge-run.1.gz"));
    assertThat(Files.size(deb)).isLessThan(LARGEST);
  }

  /** Of a link only that it is one: packers give it different modes. */
  private static String mode(String text) {
    return text.startsWith("l") ? "link " : text + " ";
  }

  @Test
  void theRpmHasTheSame() throws Exception {
    Path rpm = RequiredTool.find("rpm");
    Path file = built(".rpm");
    String format =
        "[%{FILEMODES:perms} %{FILEUSERNAME}/%{FILEGROUPNAME} %{FILENAMES} %{FILELINKTOS}\n]";
    List<String> found =
        run(rpm.toString(), "-qp", "--nosignature", "--qf", format, file.toString())
            .lines()
            .filter(line -> !line.startsWith("d"))
            .map(line -> line.split(" ", -1))
            .map(
                part ->
                    mode(part[0])
                        + part[1]
                        + " "
                        + part[2]
                        + (part[3].isEmpty() ? "" : " -> " + part[3]))
            .toList();

    GoldenList.assertEqual(shown(found), "package");
    assertThat(Files.size(file)).isLessThan(LARGEST);
    // c: a configuration file; n: one that rpm does not replace
    String flags = "[%{FILEFLAGS:fflags} %{FILENAMES}\n]";
    assertThat(run(rpm.toString(), "-qp", "--nosignature", "--qf", flags, file.toString()).lines())
        .filteredOn(line -> !line.startsWith(" "))
        .containsExactly("cn /etc/sessionbridge/sessionbridge.yaml");
  }

  /** Between the two scripts the jars of two versions are there. */
  @Test
  void theRpmStartsTheAgentOnlyWhenTheOldVersionHasGone() throws Exception {
    String rpm = RequiredTool.find("rpm").toString();
    String file = built(".rpm").toString();
    assertThat(run(rpm, "-qp", "--nosignature", "--qf", "%{POSTTRANS}", file))
        .contains("if_valid restart", "if_valid try-restart");
    assertThat(run(rpm, "-qp", "--nosignature", "--qf", "%{POSTIN}", file))
        .contains("set_own_unit_aside", "take_over_data")
        .doesNotContain("if_valid");
  }

  @Test
  void theListOfPartsHasTheHashesOfItsJars() throws Exception {
    Path tree = Path.of("target/tree/usr");
    String list = Files.readString(tree.resolve("share/doc/sessionbridge/sbom.cdx.json"));
    assertThat(list)
        .contains("\"SHA-256\"")
        .isEqualTo(PartHashes.ofJars(list, tree.resolve("lib/sessionbridge/lib")));
  }

  @Test
  void noNativeCodeOfOtherSystemsIsInIt() throws Exception {
    try (Stream<Path> jars = Files.list(Path.of("target/tree/usr/lib/sessionbridge/lib"))) {
      for (Path jar : jars.toList()) {
        try (var zip = new ZipFile(jar.toFile())) {
          assertThat(zip.stream().map(entry -> entry.getName()).toList())
              .as(jar.toString())
              .allMatch(SlimJar.For.LINUX::keeps);
        }
      }
    }
  }
}
