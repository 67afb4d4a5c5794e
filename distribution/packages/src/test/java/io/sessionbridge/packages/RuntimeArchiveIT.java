package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sessionbridge.parts.ArchiveList;
import io.sessionbridge.parts.GoldenList;
import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archives with a Java, where the profile {@code runtime} has made them. */
@Timeout(600)
class RuntimeArchiveIT {

  /** With it a Java ends at once if its cache of classes does not fit. */
  private static final String CACHE_OR_NOTHING = "-XX:AOTMode=on";

  /** Of Java, and not of ours beside them. */
  private static final Pattern JAVA_FILE =
      Pattern.compile("^(\\S+ (?:opt/sessionbridge/)?runtime/(?:[^/]+/)?+)(?!sessionbridge\\.).*");

  @TempDir private Path folder;

  private static Path archive(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      RequiredTool.require(!found.isEmpty(), "no *" + suffix + ": mvn -Pruntime package makes one");
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private Path unpack() throws Exception {
    Path tar = archive("-linux-x64.tar.gz").toAbsolutePath();
    Path home = Files.createDirectories(folder.resolve("another place"));
    Process process =
        new ProcessBuilder("tar", "-xzf", tar.toString(), "--strip-components=1")
            .directory(home.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    return home;
  }

  /** With no other Java in sight. */
  private String run(Path home, String options, int lines, String... arguments) throws Exception {
    Path input = folder.resolve("input");
    Path errors = folder.resolve("errors");
    try (Stream<String> day = Files.lines(home.resolve("share/demo/office-day.jsonl"))) {
      Files.write(input, day.limit(lines).toList());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of("bin/sessionbridge"), Stream.of(arguments)).toList())
            .directory(home.toFile())
            .redirectInput(input.toFile())
            .redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", "/no/such/java");
    builder.environment().put("SESSIONBRIDGE_JAVA_OPTS", options);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return output;
  }

  private List<String> runOnce(Path home) throws Exception {
    return runOnce(home, "");
  }

  /**
   * The events that come out of the sample configuration, of five that go in. A second run of the
   * same day also infers how the sessions of the first one ended.
   */
  private List<String> runOnce(Path home, String options) throws Exception {
    return run(
            home, options, 5, "run", "--config", "conf/sessionbridge.yaml", "--exit-when-drained")
        .lines()
        .filter(line -> line.contains("\"source_id\":\"recording\""))
        .filter(line -> !line.contains("\"inferred\":true"))
        .toList();
  }

  @Test
  void runsWithItsOwnJavaAndItsCacheWhereverItIs() throws Exception {
    Path home = unpack();

    assertThat(runOnce(home, CACHE_OR_NOTHING)).hasSize(5);
  }

  @Test
  void theCacheFitsWithPlugInsToo() throws Exception {
    Path home = unpack();
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      Path any =
          jars.filter(jar -> jar.toString().contains("aopalliance")).findFirst().orElseThrow();
      Files.copy(any, home.resolve("plugins/own.jar"));
    }

    assertThat(run(home, CACHE_OR_NOTHING, 0, "plugins")).startsWith("sources\n");
  }

  @Test
  void aCacheThatDoesNotFitIsReportedInOneLineAndNotUsed() throws Exception {
    Path home = unpack();
    Path cli;
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      cli =
          jars.filter(file -> file.toString().contains("sessionbridge-cli"))
              .findFirst()
              .orElseThrow();
    }
    Files.setLastModifiedTime(cli, FileTime.from(Instant.parse("2026-11-22T00:00:00Z")));

    assertThat(runOnce(home)).hasSize(5);
    assertThat(Files.readAllLines(folder.resolve("errors")))
        .filteredOn(line -> line.contains("cache") || line.contains("[aot"))
        .singleElement(as(STRING))
        .contains(
            " WARN ",
            "the class cache is damaged or was made for another Java or other jars: "
                + home.toRealPath().resolve("runtime/lib/sessionbridge.aot"));
  }

  @Test
  void aDamagedCacheIsMadeAgain() throws Exception {
    Path home = unpack();
    Path cache = home.resolve("runtime/lib/sessionbridge.aot");
    try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
      file.truncate(1_000_000);
    }
    assertThat(runOnce(home)).hasSize(5);
    assertThat(folder.resolve("errors")).content().contains("the class cache is damaged");

    assertThat(run(home, "", 0, "class-cache")).startsWith("made ");
    assertThat(run(home, CACHE_OR_NOTHING, 0, "plugins")).startsWith("sources\n");
    assertThat(runOnce(home)).hasSize(5);
    assertThat(folder.resolve("errors")).content().doesNotContain("cache");
  }

  /** A Java that others cannot enter starts no service of another user. */
  @Test
  void theFoldersHaveTheirModes() throws Exception {
    Path tar = archive("-linux-x64.tar.gz").toAbsolutePath();
    Process process =
        new ProcessBuilder("tar", "-tvzf", tar.toString()).redirectErrorStream(true).start();
    String list = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(list).isZero();

    List<String> folders = list.lines().filter(line -> line.endsWith("/")).toList();
    assertThat(folders)
        .allMatch(line -> line.startsWith("drwxr-xr-x root/root "))
        .anyMatch(line -> line.matches(".* sessionbridge-[^/]*/"))
        .anyMatch(line -> line.endsWith("/runtime/bin/"))
        .anyMatch(line -> line.endsWith("/lib/"));
  }

  @Test
  void theJavaIsNamedAsAPart() throws Exception {
    Path home = unpack();
    assertThat(home.resolve("THIRD-PARTY.txt"))
        .content()
        .containsPattern(
            "\nEclipse Temurin 25[^\n]*\n  GPL-2.0-only WITH Classpath-exception-2.0\n");
    assertThat(home.resolve("sbom.cdx.json"))
        .content()
        .contains("\"name\" : \"Eclipse Temurin\"")
        .doesNotContain("\"name\" : \"glibc\"");
  }

  /**
   * Java's own files only by their folder and mode, so that an update of Java needs no new list.
   */
  private static List<String> shown(Path archive) throws Exception {
    return ArchiveList.of(archive).stream()
        .map(line -> JAVA_FILE.matcher(line).replaceFirst("$1..."))
        .distinct()
        .toList();
  }

  @Test
  void theArchivesHaveTheFilesOfTheirLists() throws Exception {
    GoldenList.assertEqual(shown(archive("-linux-x64.tar.gz")), "linux-x64");
    GoldenList.assertEqual(shown(archive("-windows-x64.zip")), "windows-x64");
  }

  @Test
  void theImageHasTheFilesOfItsList() throws Exception {
    Process process =
        new ProcessBuilder("tar", "-xf", archive("-oci.tar").toAbsolutePath().toString())
            .directory(folder.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    Matcher layers =
        Pattern.compile("\"Layers\": \\[\"([^\"]+)\"]")
            .matcher(Files.readString(folder.resolve("manifest.json")));
    assertThat(layers.find()).isTrue();
    GoldenList.assertEqual(shown(folder.resolve(layers.group(1))), "image");
  }

  @Test
  void theZipForWindowsHasAJavaAndNothingForOthers() throws Exception {
    try (ZipFile zip = new ZipFile(archive("-windows-x64.zip").toFile())) {
      List<String> names =
          zip.stream()
              .map(ZipEntry::getName)
              .map(name -> name.substring(name.indexOf('/') + 1))
              .toList();
      assertThat(names)
          .contains(
              "runtime/bin/java.exe",
              "runtime/bin/server/jvm.dll",
              "runtime/legal/java.base/LICENSE",
              "bin/sessionbridge.bat",
              "lib/native/com/sun/jna/win32-x86-64/jnidispatch.dll",
              "THIRD-PARTY.txt",
              "NOTICE",
              "sbom.cdx.json")
          .noneMatch(name -> name.startsWith("lib/demo/") || name.equals("bin/sessionbridge"));
    }
  }
}
