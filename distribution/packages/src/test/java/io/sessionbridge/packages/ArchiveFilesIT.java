package io.sessionbridge.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.parts.ArchiveList;
import io.sessionbridge.parts.GoldenList;
import io.sessionbridge.parts.LibraryNotices;
import io.sessionbridge.parts.OwnJar;
import io.sessionbridge.parts.SlimJar;
import io.sessionbridge.testkit.RequiredTool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the archives of the agent, of the demo and of the driver. */
class ArchiveFilesIT {

  private static final long LARGEST = 25_000_000;

  private static final String AGENT = "sessionbridge-\\d.*\\.";
  private static final String DEMO = "sessionbridge-demo-\\d.*\\.";
  private static final Pattern LINK_TO_PAGE = Pattern.compile("\\]\\(([^)\\s:#]+\\.md)[#)]");

  private static final String DRIVER = "sessionbridge-driver-\\d.*\\.";

  private static Path archive(String name) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../bundle/target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .reduce(
              (a, b) -> {
                throw new AssertionError("two archives: " + a + " and " + b);
              })
          .orElseThrow();
    }
  }

  /** Without the folder that all are in. */
  private static Map<String, byte[]> contents(String archive) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (ZipFile zip = new ZipFile(archive(archive + "zip").toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        contents.put(
            name.substring(name.indexOf('/') + 1), zip.getInputStream(entry).readAllBytes());
      }
    }
    return contents;
  }

  @Test
  void areSmall() throws Exception {
    assertThat(Files.size(archive(AGENT + "zip"))).isLessThan(LARGEST);
    assertThat(Files.size(archive(AGENT + "tar\\.gz"))).isLessThan(LARGEST);
  }

  @Test
  void ofTheAgentHaveTheFilesOfTheirList() throws Exception {
    GoldenList.assertEqual(ArchiveList.of(archive(AGENT + "zip")), "agent");
    GoldenList.assertEqual(ArchiveList.of(archive(AGENT + "tar\\.gz")), "agent");
  }

  @Test
  void ofTheDemoHaveTheFilesOfTheirList() throws Exception {
    GoldenList.assertEqual(ArchiveList.of(archive(DEMO + "zip")), "demo");
    GoldenList.assertEqual(ArchiveList.of(archive(DEMO + "tar\\.gz")), "demo");
  }

  /** It has a test build where the machine has mingw-w64. */
  @Test
  void ofTheDriverHasTheFilesOfItsList() throws Exception {
    RequiredTool.find("x86_64-w64-mingw32-gcc");
    GoldenList.assertEqual(ArchiveList.of(archive(DRIVER + "zip")), "driver");
  }

  @Test
  void sayWhatIsInThem() throws Exception {
    sayWhatIsInThem(contents(AGENT), "", "lib/");
    sayWhatIsInThem(contents(DEMO), "lib/demo/", "lib/demo/");
  }

  private static void sayWhatIsInThem(Map<String, byte[]> contents, String front, String lib) {
    assertThat(new String(contents.get(front + "NOTICE"), UTF_8)).contains("Apache");
    assertThat(contents).containsKey(front + "LICENSE");
    new LibraryNotices(
            new String(contents.get(front + "sbom.cdx.json"), UTF_8),
            new String(contents.get(front + "THIRD-PARTY.txt"), UTF_8))
        .assertName(
            contents.keySet().stream()
                .filter(name -> name.matches(lib + "[^/]*\\.jar"))
                .map(name -> name.substring(lib.length()))
                .toList());
  }

  /** Those of building, measuring and other programs stay in the repository. */
  @Test
  void linksOfPagesLeadToPagesInIt() throws Exception {
    Map<String, byte[]> contents = contents(AGENT);
    Set<String> missing = new TreeSet<>();
    contents.forEach(
        (name, content) -> {
          if (name.endsWith(".md")) {
            LINK_TO_PAGE
                .matcher(new String(content, UTF_8))
                .results()
                .map(found -> Path.of(name).resolveSibling(found.group(1)).normalize().toString())
                .filter(page -> !contents.containsKey(page))
                .forEach(missing::add);
          }
        });
    assertThat(missing)
        .containsExactly(
            "docs/README.md",
            "docs/distribution/analytics/README.md",
            "docs/distribution/benchmarks/README.md",
            "docs/distribution/fleet/README.md");
  }

  /** What is compressed with zstd and snappy on the machines that the archives are for. */
  @Test
  void holdTheNativeCodeOfTheirMachinesAlone() throws Exception {
    Map<String, byte[]> contents = contents(AGENT);
    TreeMap<String, String> seen = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      if (file.getKey().endsWith(".jar")) {
        for (String name : names(file.getValue())) {
          assertThat(SlimJar.For.LINUX_AND_WINDOWS.keeps(name)).as(name).isTrue();
          seen.put(name.replaceFirst("-[0-9][^/]*\\.", "."), file.getKey());
        }
      }
    }
    for (String machine : List.of("linux/amd64", "linux/aarch64")) {
      assertThat(seen).containsKey(machine + "/libzstd-jni.so");
    }
    for (String machine : List.of("win/amd64", "win/aarch64")) {
      assertThat(seen).containsKey(machine + "/libzstd-jni.dll");
    }
    String snappy = "org/xerial/snappy/native/";
    assertThat(seen)
        .containsKeys(
            snappy + "Linux/x86_64/libsnappyjava.so",
            snappy + "Linux/aarch64/libsnappyjava.so",
            snappy + "Windows/x86_64/snappyjava.dll",
            snappy + "Windows/aarch64/snappyjava.dll",
            "com/sun/jna/win32-x86-64/jnidispatch.dll",
            "com/sun/jna/linux-x86-64/libjnidispatch.so");
  }

  @Test
  void haveNoConcatenationThatIsLinkedAtRunTime() throws Exception {
    assertOwnJars(contents(AGENT), "lib/sessionbridge-[^/]*\\.jar");
    assertOwnJars(contents(DEMO), "lib/demo/sessionbridge-[^/]*\\.jar");
  }

  private static void assertOwnJars(Map<String, byte[]> contents, String pattern)
      throws IOException {
    List<String> jars = contents.keySet().stream().filter(name -> name.matches(pattern)).toList();
    assertThat(jars).isNotEmpty();
    for (String jar : jars) {
      OwnJar.assertConcatenatesInline(jar, new ByteArrayInputStream(contents.get(jar)));
    }
  }

  private static List<String> names(byte[] jar) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
