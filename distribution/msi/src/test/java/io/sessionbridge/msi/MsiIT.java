package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.parts.ArchiveList;
import io.sessionbridge.parts.GoldenList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the package holds, and how it is built. */
@Timeout(900)
class MsiIT {

  /** Other systems, other processors, the demo. */
  private static final Pattern OTHERS =
      Pattern.compile("bin/sessionbridge|lib/demo/.*|lib/native/.*aarch64/.*|share/.*");

  private static final int PERMANENT = 16;
  private static final int NEVER_OVERWRITE = 128;

  @TempDir private static Path folder;
  private static BuiltMsi msi;
  private static Programs programs;

  @BeforeAll
  static void build() throws Exception {
    msi = BuiltMsi.make(folder);
    programs = msi.programs();
  }

  @Test
  void holdsTheBundleWithoutWhatIsForOthers() throws Exception {
    List<String> expected;
    try (Stream<Path> all = Files.walk(Programs.BUNDLE)) {
      expected =
          all.filter(Files::isRegularFile)
              .map(file -> Programs.BUNDLE.relativize(file).toString())
              .filter(file -> !OTHERS.matcher(file).matches())
              .collect(Collectors.toCollection(ArrayList::new));
    }
    expected.addAll(List.of("runtime/bin/java.exe", "runtime/release"));
    assertThat(msi.files().keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** All but those of Java: a hash pins its content, and it is a small one here. */
  @Test
  void theFilesAreThoseOfTheList() throws Exception {
    List<String> files =
        msi.files().keySet().stream()
            .filter(file -> !file.startsWith("runtime/"))
            .map(ArchiveList::withoutVersion)
            .sorted()
            .toList();
    GoldenList.assertEqual(files, "msi");
  }

  @Test
  void theJavaIsNamedInTheListsOfParts() throws Exception {
    programs.run(Map.of(), 60, "msiextract", "-C", folder.toString(), msi.file().toString());
    Path home = folder.resolve("SessionBridge");
    assertThat(home.resolve("THIRD-PARTY.txt"))
        .content()
        .contains("\nEclipse Temurin 25.0.4\n  GPL-2.0-only WITH Classpath-exception-2.0\n");
    assertThat(home.resolve("sbom.cdx.json")).content().contains("\"name\" : \"Eclipse Temurin\"");
  }

  @Test
  void aRuntimeIsAFolderOrAWheel() throws Exception {
    Path no = Files.writeString(folder.resolve("no.whl"), "mine");
    assertThat(refusal(no)).isEqualTo("build: " + no + " is neither a folder nor a wheel\n");
    assertThat(no).hasContent("mine");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(refusal(empty)).isEqualTo("build: " + empty + " has no bin/java.exe\n");
    assertThat(empty).isEmptyDirectory();
  }

  private static String refusal(Path runtime) throws Exception {
    Path none = folder.resolve("none.msi");
    return programs.fail(Map.of(), 60, Programs.command(Programs.BUNDLE, runtime, "1.2.3", none));
  }

  @Test
  void aMissingProgramIsNamed() throws Exception {
    String python =
        programs.run(Map.of(), 60, "python3", "-c", "import sys; print(sys.executable)").strip();
    List<String> command = new ArrayList<>(List.of(python));
    Path none = folder.resolve("none.msi");
    command.addAll(List.of(Programs.command(Programs.BUNDLE, msi.runtime(), "1.2.3", none)));
    Map<String, String> nothing = Map.of("PATH", folder.toString());
    assertThat(programs.fail(nothing, 60, command.toArray(String[]::new)))
        .isEqualTo("build: there is no program wixl; install what Debian calls wixl\n");
  }

  @Test
  void onlyTheConfigurationStays() throws Exception {
    Map<String, Integer> attributes =
        msi.table("Component").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> Integer.parseInt(row.get(3))));
    msi.files()
        .forEach(
            (file, component) -> {
              int kept = attributes.get(component) & (PERMANENT | NEVER_OVERWRITE);
              int expected = file.startsWith("conf/") ? PERMANENT | NEVER_OVERWRITE : 0;
              assertThat(kept).as(file).isEqualTo(expected);
            });
  }

  /** By default Windows leaves out a file whose installed version is higher. */
  @Test
  void eachFileIsInstalledWhateverVersionIsThere() throws Exception {
    assertThat(msi.column("Property", 1)).containsEntry("REINSTALLMODE", "amus");
    Map<String, List<String>> byName =
        msi.table("File").stream()
            .collect(Collectors.toMap(row -> row.get(2), Function.identity(), (a, b) -> a));
    List<String> java = byName.get("java.exe");
    assertThat(java.get(4)).isEqualTo("25.0.4.1");
    assertThat(byName.get("LICENSE").get(4)).isEmpty();
    // one or the other: a file with a version is not compared by its content
    assertThat(msi.column("MsiFileHash", 1))
        .doesNotContainKey(java.get(0))
        .containsKey(byName.get("LICENSE").get(0));
  }

  @Test
  void theVersionIsANumberAndTheCodesAreStable() throws Exception {
    assertThat(msi.column("Property", 1))
        .containsEntry("ProductVersion", "1.2.3")
        .containsEntry("UpgradeCode", "{6A1F3D3B-52C7-5E0B-9C1E-6F0A9E0A7B11}")
        .containsEntry("ALLUSERS", "1");
  }

  @Test
  void theTimesAreTheGivenOne() throws Exception {
    List<String> times =
        programs
            .run(Map.of("TZ", "UTC"), 60, "msiinfo", "suminfo", msi.file().toString())
            .lines()
            .filter(line -> line.matches("(Created|Last saved): .*"))
            .toList();
    assertThat(times)
        .containsExactly(
            "Created: Sat Feb  3 04:05:06 2001", "Last saved: Sat Feb  3 04:05:06 2001");
  }

  @Test
  void theSameInputGivesTheSameBytesEverywhere() throws Exception {
    Path other = folder.resolve("other.msi");
    Path bundle = folder.resolve("bundle");
    String copy = "umask 077 && cp -r \"$0\" \"$1\"";
    programs.run(Map.of(), 60, "sh", "-c", copy, Programs.BUNDLE.toString(), bundle.toString());
    Map<String, String> elsewhere = Map.of("TZ", "Asia/Kolkata", "LC_ALL", "C", "LANG", "tr_TR");
    programs.build(bundle, msi.runtime(), "1.2.3", other, elsewhere);
    assertThat(Files.mismatch(msi.file(), other)).isEqualTo(-1);
  }
}
