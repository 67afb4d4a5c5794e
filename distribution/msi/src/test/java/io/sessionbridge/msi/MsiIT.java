package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.parts.ArchiveList;
import io.sessionbridge.parts.GoldenList;
import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the package holds and does, as its tables say. The runtime is a small one that is none. */
@Timeout(900)
class MsiIT {

  /** Other systems, other processors, the demo. */
  private static final Pattern OTHERS =
      Pattern.compile("bin/sessionbridge|lib/demo/.*|lib/native/.*aarch64/.*|share/.*");

  private static final int PERMANENT = 16;
  private static final int NEVER_OVERWRITE = 128;
  private static final int SET_PROPERTY = 51;
  private static final int COMMIT = 512;

  /** Runs later, as the system, from a command line. */
  private static final int SYSTEM = 34 + 1024 + 2048;

  @TempDir private static Path folder;
  private static Programs programs = new Programs(Path.of("."));
  private static Path msi = Path.of(".");

  @BeforeAll
  static void build() throws Exception {
    Programs.requireBuilders();
    programs = new Programs(folder);
    Files.createDirectories(runtime().resolve("bin"));
    Files.write(runtime().resolve("bin/java.exe"), programOfVersion25041());
    Files.writeString(
        runtime().resolve("release"),
        "IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"25.0.4\"\n");
    msi = folder.resolve("sessionbridge.msi");
    programs.build(Programs.BUNDLE, runtime(), "1.2.3-SNAPSHOT", msi, Map.of());
  }

  private static Path runtime() {
    return folder.resolve("runtime");
  }

  /** Has what a program for Windows says of its version, and nothing else of one. */
  private static byte[] programOfVersion25041() {
    return ByteBuffer.allocate(64)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'M')
        .put((byte) 'Z')
        .putInt(32, 0xFEEF04BD)
        .putInt(36, 0x10000)
        .putInt(40, 25 << 16)
        .putInt(44, 4 << 16 | 1)
        .array();
  }

  private static Map<String, String> column(String table, int number) throws Exception {
    return programs.table(msi, table).stream()
        .collect(Collectors.toMap(row -> row.get(0), row -> row.get(number)));
  }

  /** With its target folder as Windows names it. */
  private static Map<String, String> files() throws Exception {
    Map<String, List<String>> directories =
        programs.table(msi, "Directory").stream()
            .collect(Collectors.toMap(row -> row.get(0), r -> r));
    Map<String, String> folders =
        programs.table(msi, "Component").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> path(row.get(2), directories)));
    Map<String, String> files = new TreeMap<>();
    for (List<String> row : programs.table(msi, "File")) {
      files.put(folders.get(row.get(1)) + longName(row.get(2)), row.get(1));
    }
    return files;
  }

  private static String path(String directory, Map<String, List<String>> directories) {
    if (directory.equals("INSTALLDIR")) {
      return "";
    }
    List<String> row = directories.get(directory);
    return path(row.get(1), directories) + longName(row.get(2)) + "/";
  }

  private static String longName(String names) {
    return names.substring(names.indexOf('|') + 1);
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
    assertThat(files().keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** All but those of Java: a hash pins its content, and it is a small one here. */
  @Test
  void theFilesAreThoseOfTheList() throws Exception {
    List<String> files =
        files().keySet().stream()
            .filter(file -> !file.startsWith("runtime/"))
            .map(ArchiveList::withoutVersion)
            .sorted()
            .toList();
    GoldenList.assertEqual(files, "msi");
  }

  @Test
  void theJavaIsNamedInTheListsOfParts() throws Exception {
    programs.run(Map.of(), 60, "msiextract", "-C", folder.toString(), msi.toString());
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
    command.addAll(List.of(Programs.command(Programs.BUNDLE, runtime(), "1.2.3", none)));
    Map<String, String> nothing = Map.of("PATH", folder.toString());
    assertThat(programs.fail(nothing, 60, command.toArray(String[]::new)))
        .isEqualTo("build: there is no program wixl; install what Debian calls wixl\n");
  }

  @Test
  void onlyTheConfigurationStays() throws Exception {
    Map<String, Integer> attributes =
        programs.table(msi, "Component").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> Integer.parseInt(row.get(3))));
    files()
        .forEach(
            (file, component) -> {
              int kept = attributes.get(component) & (PERMANENT | NEVER_OVERWRITE);
              int expected = file.startsWith("conf/") ? PERMANENT | NEVER_OVERWRITE : 0;
              assertThat(kept).as(file).isEqualTo(expected);
            });
  }

  @Test
  void theActionsRunWhereTheyShould() throws Exception {
    Map<String, Integer> order =
        programs.table(msi, "InstallExecuteSequence").stream()
            .collect(Collectors.toMap(row -> row.get(0), row -> Integer.parseInt(row.get(2))));
    assertThat(order.get("RemoveExistingProducts"))
        .isBetween(order.get("InstallInitialize"), order.get("stop"));
    assertThat(order.get("stop")).isLessThan(order.get("uninstall"));
    assertThat(order.get("uninstall")).isLessThan(order.get("RemoveFiles"));
    assertThat(order.get("install")).isGreaterThan(order.get("InstallFiles"));
    assertThat(order.get("start")).isGreaterThan(order.get("install"));
    assertThat(order.get("purge")).isGreaterThan(order.get("RemoveFiles"));
    assertThat(order.get("purge")).isLessThan(order.get("InstallFinalize"));
    assertThat(order.get("defaultConfig")).isGreaterThan(order.get("CostFinalize"));
  }

  @Test
  void actionsOfTheAgentRunAsTheSystemWithTheOptionsOfTheScript() throws Exception {
    String script = Files.readString(Programs.BUNDLE.resolve("bin/sessionbridge.bat"));
    int agents = 0;
    for (List<String> row : programs.table(msi, "CustomAction")) {
      int type = Integer.parseInt(row.get(1));
      if (type == SET_PROPERTY) {
        continue;
      }
      assertThat(type & SYSTEM).as(row.get(0)).isEqualTo(SYSTEM);
      assertThat(row.get(2)).as("where %s runs", row.get(0)).isEqualTo("System64Folder");
      String command = row.get(3);
      if (command.contains(" service ")) {
        agents++;
        List<String> options =
            List.of(command.substring(0, command.indexOf(" \"-Dsessionbridge")).split(" "));
        assertThat(options.get(0)).isEqualTo("\"[INSTALLDIR]runtime\\bin\\java.exe\"");
        assertThat(options).contains("-Xmx96m", "--enable-native-access=ALL-UNNAMED");
        assertThat(options.subList(1, options.size())).allMatch(script::contains);
      }
    }
    assertThat(agents).isEqualTo(6);
  }

  /** Windows lets a user who is no administrator repair the program, and the system does it. */
  @Test
  void aRepairRunsNothingAndTakesNothingFromItsUser() throws Exception {
    Map<String, String> conditions = column("InstallExecuteSequence", 1);
    for (List<String> row : programs.table(msi, "CustomAction")) {
      if (Integer.parseInt(row.get(1)) != SET_PROPERTY) {
        assertThat(conditions.get(row.get(0)))
            .as(row.get(0))
            .matches("(NOT Installed|REMOVE=\"ALL\")( AND .*)?")
            .doesNotContain(" OR ");
      }
    }
    assertThat(conditions)
        .containsEntry("keepINSTALLDIR", "Installed OR (NOT INSTALLDIR AND SAVEDINSTALLDIR)")
        .containsEntry("keepCONFIG", "Installed OR (NOT CONFIG AND SAVEDCONFIG)");
    assertThat(column("CustomAction", 3))
        .containsEntry("keepINSTALLDIR", "[SAVEDINSTALLDIR]")
        .containsEntry("keepCONFIG", "[SAVEDCONFIG]");
    assertThat(column("InstallUISequence", 2)).containsOnlyKeys("ExecuteAction");
    assertThat(column("Property", 1).get("SecureCustomProperties").split(";"))
        .containsExactlyInAnyOrder(
            "CONFIG", "INSTALLDIR", "START", "WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED");
  }

  @Test
  void aFailedInstallationKeepsTheServiceThatWasThere() throws Exception {
    assertThat(column("InstallExecuteSequence", 1).get("undoInstall"))
        .isEqualTo("NOT Installed AND NOT WIX_UPGRADE_DETECTED AND NOT SERVICEBEFORE");
    String search = column("AppSearch", 1).get("SERVICEBEFORE");
    assertThat(programs.table(msi, "RegLocator"))
        .contains(
            List.of(
                search,
                "2",
                "SYSTEM\\CurrentControlSet\\Services\\SessionBridge",
                "ImagePath",
                "18"));
  }

  @Test
  void purgeDeletesAtTheEndAndOnlyWhatIsOurs() throws Exception {
    assertThat(Integer.parseInt(column("CustomAction", 1).get("purge")) & COMMIT).isEqualTo(COMMIT);
    String command = column("CustomAction", 3).get("purge");
    assertThat(command.substring(command.indexOf("/c ") + 3).split(" & "))
        .containsExactly(
            "rmdir /s /q \"[CommonAppDataFolder]SessionBridge\"",
            "rmdir /s /q \"[INSTALLDIR]conf\"",
            "rmdir /s /q \"[INSTALLDIR]plugins\"",
            "rmdir \"[INSTALLDIR].\"");
  }

  /** By default Windows leaves out a file whose installed version is higher. */
  @Test
  void eachFileIsInstalledWhateverVersionIsThere() throws Exception {
    assertThat(column("Property", 1)).containsEntry("REINSTALLMODE", "amus");
    Map<String, List<String>> byName =
        programs.table(msi, "File").stream()
            .collect(Collectors.toMap(row -> row.get(2), Function.identity(), (a, b) -> a));
    List<String> java = byName.get("java.exe");
    assertThat(java.get(4)).isEqualTo("25.0.4.1");
    assertThat(byName.get("LICENSE").get(4)).isEmpty();
    // one or the other: a file with a version is not compared by its content
    assertThat(column("MsiFileHash", 1))
        .doesNotContainKey(java.get(0))
        .containsKey(byName.get("LICENSE").get(0));
  }

  @Test
  void noMachineIsRestarted() throws Exception {
    assertThat(column("Property", 1)).containsEntry("REBOOT", "ReallySuppress");
    assertThat(column("InstallExecuteSequence", 2))
        .doesNotContainKeys("ForceReboot", "ScheduleReboot");
  }

  @Test
  void theVersionIsANumberAndTheCodesAreStable() throws Exception {
    assertThat(column("Property", 1))
        .containsEntry("ProductVersion", "1.2.3")
        .containsEntry("UpgradeCode", "{6A1F3D3B-52C7-5E0B-9C1E-6F0A9E0A7B11}")
        .containsEntry("ALLUSERS", "1");
  }

  @Test
  void theTimesAreTheGivenOne() throws Exception {
    List<String> times =
        programs
            .run(Map.of("TZ", "UTC"), 60, "msiinfo", "suminfo", msi.toString())
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
    programs.build(bundle, runtime(), "1.2.3", other, elsewhere);
    assertThat(Files.mismatch(msi, other)).isEqualTo(-1);
  }

  /** A certificate of the test's own: what it is worth is not a matter of the format. */
  @Test
  void thePackageAndItsLibrariesAreSigned() throws Exception {
    RequiredTool.find("osslsigncode");
    RequiredTool.find("openssl");
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    makeCertificate(certificate, key);
    Path bundle = folder.resolve("bundle to sign");
    programs.run(Map.of(), 60, "cp", "-r", Programs.BUNDLE.toString(), bundle.toString());
    Path lz4 = Path.of("lib/native/net/jpountz/util/windows/amd64/lz4-java.dll");
    String sign = Programs.script("sign");
    programs.run(
        Map.of(), 60, sign, certificate.toString(), key.toString(), bundle.resolve(lz4).toString());
    byte[] signedBefore = Files.readAllBytes(bundle.resolve(lz4));

    Path signed = folder.resolve("signed.msi");
    List<String> command =
        new ArrayList<>(List.of(Programs.command(bundle, runtime(), "1.2.3", signed)));
    command.addAll(List.of("--sign-certificate=" + certificate, "--sign-key=" + key));
    command.add("--sign-timestamp=");
    programs.run(Map.of(), 300, command.toArray(String[]::new));

    assertThat(verify(signed, certificate)).contains("Signature verification: ok");
    assertThat(programs.table(signed, "Property")).isEqualTo(programs.table(msi, "Property"));
    Path inside = Files.createDirectory(folder.resolve("signed"));
    programs.run(Map.of(), 60, "msiextract", "-C", inside.toString(), signed.toString());
    Path home = inside.resolve("SessionBridge");
    List<Path> libraries;
    try (Stream<Path> all = Files.walk(home.resolve("lib/native"))) {
      libraries = all.filter(file -> file.toString().endsWith(".dll")).toList();
    }
    assertThat(libraries).hasSize(5);
    for (Path library : libraries) {
      assertThat(verify(library, certificate))
          .as(library.toString())
          .contains("Signature verification: ok");
    }
    assertThat(home.resolve(lz4)).hasBinaryContent(signedBefore);
    assertThat(home.resolve("runtime/bin/java.exe")).hasBinaryContent(programOfVersion25041());
  }

  @Test
  void aCertificateNeedsItsKey() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.command(Programs.BUNDLE, runtime(), "1.2.3", folder.resolve("no.msi"))));
    command.add("--sign-certificate=certificate.pem");
    assertThat(programs.fail(Map.of(), 60, command.toArray(String[]::new)))
        .startsWith("build: to sign, give --sign-certificate and --sign-key");
  }

  private static void makeCertificate(Path certificate, Path key) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes"));
    command.addAll(List.of("-newkey", "rsa:2048", "-days", "2", "-subj", "/CN=SessionBridge test"));
    command.addAll(List.of("-addext", "extendedKeyUsage=codeSigning"));
    command.addAll(List.of("-keyout", key.toString(), "-out", certificate.toString()));
    programs.run(Map.of(), 60, command.toArray(String[]::new));
  }

  private static String verify(Path signed, Path certificate)
      throws IOException, InterruptedException {
    return programs.run(
        Map.of(),
        120,
        "osslsigncode",
        "verify",
        "-in",
        signed.toString(),
        "-CAfile",
        certificate.toString());
  }
}
