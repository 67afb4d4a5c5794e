package io.sessionbridge.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The start script with a Java that only says how it was called. */
@Timeout(60)
class StartScriptTest {

  /** What the script needs of the system, which is not where a Java is. */
  private static final List<String> TOOLS = List.of("dirname", "readlink", "sed", "head", "wc");

  @TempDir private Path folder;
  private Path home;
  private Path script;
  private Path tools;
  private final Map<String, String> environment = new TreeMap<>();

  /** The result of a call. */
  private record Outcome(int exit, List<String> output, String errors) {}

  @BeforeEach
  void unpack() throws IOException {
    assumeFalse(File.separatorChar == '\\', "a script for POSIX systems");
    Path root = folder.toRealPath();
    home = Files.createDirectories(root.resolve("Böse Pfade (mit Leerzeichen)/session bridge"));
    script = Files.createDirectories(home.resolve("bin")).resolve("sessionbridge");
    Files.copy(Path.of("src/main/bin/sessionbridge"), script);
    makeExecutable(script);
    tools = Files.createDirectories(root.resolve("tools"));
    for (String tool : TOOLS) {
      Path wrapper = tools.resolve(tool);
      Files.writeString(wrapper, "#!/bin/sh\nexec '" + find(tool) + "' \"$@\"\n");
      makeExecutable(wrapper);
    }
    environment.put("PATH", tools.toString());
  }

  private static Path find(String tool) {
    for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path file = Path.of(place, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new AssertionError("no " + tool + " on the path");
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** A Java of that version, which prints each argument of a real start on a line. */
  private Path java(String name, String version) throws IOException {
    Path java = Files.createDirectories(folder.toRealPath().resolve(name + "/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2026-01-20' >&2
          : >"${0%%/*}/asked"
          exit 0
        fi
        printf '%%s\\n' "$@"
        echo "LC_ALL=$LC_ALL"
        exit 7
        """
            .formatted(version));
    makeExecutable(java);
    return java.getParent().getParent();
  }

  private void putJars(String... jars) throws IOException {
    Files.createDirectories(home.resolve("lib"));
    Files.createDirectories(home.resolve("plugins"));
    for (String jar : jars) {
      Files.createFile(home.resolve(jar));
    }
  }

  private Outcome call(Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path errors = folder.resolve("errors");
    Process process = builder.redirectError(errors.toFile()).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output.lines().toList(), Files.readString(errors));
  }

  @Test
  void saysThatThereIsNoJava() throws Exception {
    assertThat(call(script))
        .isEqualTo(
            new Outcome(
                1,
                List.of(),
                "sessionbridge: no Java found; install Java 17 or later, or set JAVA_HOME to where"
                    + " it is\n"));
  }

  @Test
  void saysThatJavaHomeIsWrong() throws Exception {
    environment.put("JAVA_HOME", "/no/such java");

    assertThat(call(script))
        .isEqualTo(
            new Outcome(
                1,
                List.of(),
                "sessionbridge: JAVA_HOME is /no/such java, but there is no program /no/such"
                    + " java/bin/java; correct or unset JAVA_HOME\n"));
  }

  @Test
  void saysWhichJavaIsTooOld() throws Exception {
    Path old = java("old java", "11.0.2");
    environment.put("JAVA_HOME", old.toString());

    assertThat(call(script))
        .isEqualTo(
            new Outcome(
                1,
                List.of(),
                "sessionbridge: "
                    + old
                    + "/bin/java is Java 11.0.2, but Java 17 or later is needed; set JAVA_HOME to"
                    + " where one is\n"));
  }

  @Test
  void knowsTheVersionsOfOldAndOfEarlyJavas() throws Exception {
    environment.put("JAVA_HOME", java("eight", "1.8.0_392").toString());
    assertThat(call(script).errors()).contains("is Java 1.8.0_392, but Java 17 or later is needed");

    environment.put("JAVA_HOME", java("early", "27-ea").toString());
    assertThat(call(script).exit()).isEqualTo(7);

    environment.put("JAVA_HOME", java("odd", "").toString());
    assertThat(call(script).errors())
        .contains("/odd/bin/java does not report its version; is it a working Java 17 or later?");
  }

  @Test
  void readsTheVersionWithoutStartingJavaWhereItCan() throws Exception {
    Path java = java("jdk", "17.0.9");
    Files.writeString(
        java.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"16.0.1\"\nOS_NAME=\"x\"");
    environment.put("JAVA_HOME", java.toString());

    assertThat(call(script).errors()).contains("/jdk/bin/java is Java 16.0.1, but");
    assertThat(java.resolve("bin/asked")).doesNotExist();
  }

  @Test
  void followsTheJavaOnThePathToItsVersion() throws Exception {
    Path java = java("jdk", "11");
    Files.writeString(java.resolve("release"), "JAVA_VERSION=\"21.0.3\"\n");
    Files.createSymbolicLink(tools.resolve("java"), java.resolve("bin/java"));

    assertThat(call(script).exit()).isEqualTo(7);
    assertThat(java.resolve("bin/asked")).doesNotExist();
  }

  @Test
  void passesArgumentsAsTheyAre() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "17.0.9").toString());
    putJars("lib/a.jar", "plugins/b.jar");

    Outcome outcome = call(script, "run", "--config", "mein ordner/*.yaml", "", "a\"b'c", "Tür");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                7,
                List.of(
                    "-Xms20m",
                    "-Xmx96m",
                    "-XX:NewSize=12m",
                    "-XX:SurvivorRatio=4",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:Tier3BackEdgeThreshold=3000",
                    "-XX:Tier3MinInvocationThreshold=10",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-XX:-UsePerfData",
                    "-Dfile.encoding=UTF-8",
                    "-Dsessionbridge.home=" + home,
                    "-Dsessionbridge.terminal=false",
                    "-cp",
                    home + "/lib/a.jar:" + home + "/plugins/b.jar",
                    "io.sessionbridge.cli.Main",
                    "run",
                    "--config",
                    "mein ordner/*.yaml",
                    "",
                    "a\"b'c",
                    "Tür",
                    "LC_ALL=C.UTF-8"),
                ""));
  }

  @Test
  void passesOptionsToJavaAfterItsOwn() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "17.0.9").toString());
    environment.put("SESSIONBRIDGE_JAVA_OPTS", "-Xmx256m  -Dpattern=*");

    assertThat(call(script).output())
        .containsSubsequence("-Xmx96m", "-Xmx256m", "-Dpattern=*", "io.sessionbridge.cli.Main");
  }

  @Test
  void allowsNativeCodeWhereJavaWouldWarnOfIt() throws Exception {
    String option = "--enable-native-access=ALL-UNNAMED";
    putJars("lib/a.jar");
    environment.put("JAVA_HOME", java("older", "21.0.9").toString());
    assertThat(call(script).output()).doesNotContain(option).doesNotContain("");

    environment.put("JAVA_HOME", java("newer", "22").toString());
    assertThat(call(script).output()).containsSubsequence("-Dfile.encoding=UTF-8", option, "-cp");
  }

  @Test
  void leavesAChosenLocaleAlone() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "17.0.9").toString());
    environment.put("LANG", "de_DE.UTF-8");

    assertThat(call(script).output()).endsWith("io.sessionbridge.cli.Main", "LC_ALL=");
  }

  @Test
  void findsItsFolderThroughSymbolicLinks() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "17.0.9").toString());
    Path first = Files.createSymbolicLink(folder.resolve("first link"), script);
    Path second = folder.resolve("second");
    Files.createSymbolicLink(second, second.getParent().relativize(first));

    assertThat(call(second).output()).contains("-Dsessionbridge.home=" + home);
    // Through the working directory, with a CDPATH that would mislead cd.
    environment.put("CDPATH", "/");
    assertThat(call(Path.of("./second")).output()).contains("-Dsessionbridge.home=" + home);
  }

  @Test
  void usesTheJavaAndTheCacheOfItsArchive() throws Exception {
    environment.put("JAVA_HOME", java("other", "17.0.9").toString());
    Path own = java("own", "25.0.4");
    putJars("lib/b-1.jar", "lib/a-1.jar", "lib/a.b-1.jar", "plugins/0.jar");
    Files.move(own, home.resolve("runtime"));
    String sorted =
        String.join(
            ":",
            home + "/lib/a-1.jar",
            home + "/lib/a.b-1.jar",
            home + "/lib/b-1.jar",
            home + "/plugins/0.jar");

    assertThat(call(script).output())
        .containsSubsequence("-cp", sorted, "io.sessionbridge.cli.Main")
        .noneMatch(word -> word.contains("AOT"));

    Path cache = home.resolve("runtime/lib/sessionbridge.aot");
    Files.createDirectories(cache.getParent());
    Files.createFile(cache);
    Path first = Files.createFile(home.resolve("runtime/lib/sessionbridge.jar"));
    assertThat(call(script).output())
        .containsSubsequence(
            "-Xlog:disable",
            "-Xlog:all=warning,cds*=off,aot*=off:stderr",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:AsyncDeflationInterval=5000",
            "-Xms8m",
            "-XX:NewSize=4m",
            "-XX:-AOTReplayTraining",
            "-XX:TrimNativeHeapInterval=30000",
            "-XX:AOTCache=" + cache,
            "-Dsessionbridge.cache=" + cache,
            "-cp",
            first + ":" + sorted,
            "LC_ALL=C.UTF-8");
  }

  /** Java 17 crashes on an archive that was cut off. */
  @Test
  void usesAnArchiveOfClassesThatHasItsLength() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "17.0.9").toString());
    putJars("lib/a.jar");
    Path archive = Files.writeString(home.resolve("lib/sessionbridge.jsa"), "12345");
    Path length = home.resolve("lib/sessionbridge.jsa.size");
    String unused = "-Dsessionbridge.cache.unused=" + archive;

    assertThat(call(script).output()).contains(unused);
    for (String wrong : List.of("", "6\n")) {
      Files.writeString(length, wrong);
      assertThat(call(script))
          .satisfies(outcome -> assertThat(outcome.output()).contains(unused))
          .satisfies(outcome -> assertThat(outcome.errors()).isEmpty());
    }

    Files.writeString(length, "5\n");
    assertThat(call(script).output())
        .containsSubsequence(
            "-Xlog:all=warning,cds*=off:stderr",
            "-XX:SharedArchiveFile=" + archive,
            "-Dsessionbridge.cache=" + archive)
        .doesNotContain(unused);
  }

  @Test
  void aNewerJavaDoesNotUseTheArchiveOfAnOlderOne() throws Exception {
    environment.put("JAVA_HOME", java("jdk", "25.0.1").toString());
    putJars("lib/a.jar", "lib/sessionbridge.jsa");

    assertThat(call(script).output()).noneMatch(word -> word.contains("sessionbridge.cache"));
  }

  @Test
  void theWindowsScriptStartsTheSameProgramWithTheSameOptions() throws Exception {
    String posix = Files.readString(script);
    String windows = Files.readString(Path.of("src/main/bin/sessionbridge.bat"));

    assertThat(windows).contains("set \"SB_NEEDED=17\"").contains("io.sessionbridge.cli.Main %*");
    assertThat(posix)
        .contains("[ \"$major\" -ge 22 ] && native=--enable-native-access=ALL-UNNAMED\n");
    assertThat(windows)
        .contains("if %SB_MAJOR% GEQ 22 set \"SB_NATIVE=--enable-native-access=ALL-UNNAMED\"")
        .contains(" %SB_NATIVE% %SESSIONBRIDGE_JAVA_OPTS% %SB_USE% ");
    assertThat(options(windows)).isEqualTo(options(posix)).hasSize(11);
  }

  private static List<String> options(String text) {
    String command =
        text.substring(
            text.indexOf(" -Xms20m "), text.indexOf("JAVA_OPTS", text.indexOf(" -Xms20m ")));
    return List.of(command.split("[\\s\\\\]+", -1)).stream()
        .filter(word -> word.startsWith("-"))
        .toList();
  }
}
