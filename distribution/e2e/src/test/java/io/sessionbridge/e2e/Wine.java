package io.sessionbridge.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.OS;

/**
 * The bundle in a Java for Windows: on Linux under Wine, on Windows by itself.
 *
 * <p>On Linux the environment says where they are: {@code SESSIONBRIDGE_WINE}, the program wine64,
 * looked for where Debian has it if not said; {@code SESSIONBRIDGE_WINDOWS_JAVA}, the file java.exe
 * of a Java for Windows. Without them the tests are skipped, and fail where {@code
 * SESSIONBRIDGE_REQUIRE_ALL} is set.
 *
 * <p>A native crash under Wine may end with exit code 0: tests look for what is printed at the end.
 */
final class Wine {

  private static final int MOST_PREFIXES = 64;

  /** Held while this JVM lives. */
  private static final List<FileLock> CLAIMS = new ArrayList<>();

  private static final Path PREFIX = claimPrefix();

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/wine/wine64"), Path.of("/usr/bin/wine64"), Path.of("/usr/bin/wine"));
  private static final String CONTROL = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
  private static final String PIPE_TIMEOUT = "ServicesPipeTimeout";
  private static final Pattern LIBRARY =
      Pattern.compile("[/\\\\](sessionbridge-windows|jna|jna-platform)-[0-9][^/\\\\]*$");
  private static final Pattern TEST_LIBRARY =
      Pattern.compile("[/\\\\](junit-|opentest4j-|apiguardian-|assertj-|byte-buddy-|jspecify-)");
  private static final boolean ON_WINDOWS = OS.WINDOWS.isCurrentOs();
  private static final Pattern JAVA_OPTION = Pattern.compile("(?<= )-[XD][^ \"%]+(?= )");

  private static final String BUNDLE = windowsPath(Bundle.HOME.resolve("lib")) + "\\*";

  /** What runs Windows programs; nothing on Windows. */
  private final List<String> program;

  private final Path java;

  /** Of the agent, besides what it always has. */
  private final Map<String, String> environment;

  private Wine(List<String> program, Path java, Map<String, String> environment) {
    this.program = program;
    this.java = java;
    this.environment = environment;
  }

  /** One for each JVM of tests: a service has the same name in all of them. */
  private static Path claimPrefix() {
    for (int i = 1; i <= MOST_PREFIXES; i++) {
      Path prefix = Path.of("target/wine-" + i).toAbsolutePath();
      try {
        FileChannel channel =
            FileChannel.open(
                Path.of(prefix + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock != null) {
          CLAIMS.add(lock);
          return prefix;
        }
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("all of " + MOST_PREFIXES + " prefixes are in use");
  }

  private static Wine of(List<String> program, Path java) {
    return new Wine(program, java, Map.of());
  }

  /** The same for agents with a variable in their environment. */
  Wine with(String variable, String value) {
    return new Wine(program, java, Map.of(variable, value));
  }

  /** As {@link #orSkip}, for tests that change what a Windows that somebody uses must keep. */
  static Wine emulatedOrSkip() throws Exception {
    return ON_WINDOWS ? abort("changes the registry: runs under Wine only") : orSkip();
  }

  /** Wine with a Windows of its own, made at the first call; skips the test where there is none. */
  static Wine orSkip() throws Exception {
    if (ON_WINDOWS) {
      return of(List.of(), Path.of(System.getProperty("java.home"), "bin", "java.exe"));
    }
    Optional<Path> program =
        Stream.concat(fromEnvironment("SESSIONBRIDGE_WINE"), PLACES.stream())
            .filter(Files::isExecutable)
            .findFirst();
    Optional<Path> java =
        fromEnvironment("SESSIONBRIDGE_WINDOWS_JAVA").filter(Files::isRegularFile).findFirst();
    if (program.isEmpty() || java.isEmpty()) {
      String missing =
          "needs wine64 (SESSIONBRIDGE_WINE) and a Java for Windows (SESSIONBRIDGE_WINDOWS_JAVA)";
      if (System.getenv("SESSIONBRIDGE_REQUIRE_ALL") != null) {
        throw new AssertionError(missing);
      }
      return abort(missing);
    }
    Wine wine = of(List.of(program.get().toString()), java.get());
    wine.makePrefix();
    return wine;
  }

  private static Stream<Path> fromEnvironment(String name) {
    return Stream.ofNullable(System.getenv(name)).map(Path::of);
  }

  private void makePrefix() throws Exception {
    if (Files.exists(PREFIX.resolve("system.reg"))) {
      return;
    }
    run("wineboot", "-i");
    Await.until(() -> Files.exists(PREFIX.resolve("system.reg")));
    // Wine gives a new service 10 s to answer, Windows 30; a busy machine needs longer for a Java.
    // Wine wants a text where Windows has a number.
    run("reg", "add", CONTROL, "/v", PIPE_TIMEOUT, "/t", "REG_SZ", "/d", "120000", "/f");
    stopServer(); // read when the service manager starts
  }

  /** Ends all of this Windows; the next program starts it again. */
  private void stopServer() throws Exception {
    Path folder = Path.of(program.get(0)).getParent();
    Path server =
        Stream.of("wineserver64", "wineserver")
            .map(folder::resolve)
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(() -> new AssertionError("no wineserver in " + folder));
    awaitEnd(process(PREFIX.getParent(), List.of()).command(server.toString(), "-k"));
    awaitEnd(process(PREFIX.getParent(), List.of()).command(server.toString(), "-w"));
  }

  private static void awaitEnd(ProcessBuilder builder) throws Exception {
    if (!builder.start().waitFor(180, TimeUnit.SECONDS)) {
      throw new AssertionError("not done within 180 s: " + String.join(" ", builder.command()));
    }
  }

  /** Runs a program of Windows to its end. What it did shows; its exit code may be anything. */
  void run(String... command) throws Exception {
    awaitEnd(process(PREFIX.getParent(), List.of(command)));
  }

  private ProcessBuilder process(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(program);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    if (ON_WINDOWS) {
      return builder;
    }
    builder
        .environment()
        .putAll(
            Map.of(
                "WINEPREFIX", PREFIX.toString(),
                "WINEARCH", "win64",
                "WINEDEBUG", "-all",
                "LC_ALL", "C.UTF-8"));
    return builder
        .redirectOutput(PREFIX.resolveSibling(PREFIX.getFileName() + ".out").toFile())
        .redirectError(PREFIX.resolveSibling(PREFIX.getFileName() + ".err").toFile());
  }

  /** The disk C:, under Wine. */
  Path drive() {
    return PREFIX.resolve("drive_c");
  }

  /** The program Java, as a Windows program knows it. */
  String windowsJava() {
    return windowsPath(java);
  }

  /** The name under which a Windows program knows the file. */
  static String windowsPath(Path file) {
    return ON_WINDOWS ? file.toString() : "Z:" + file.toString().replace('/', '\\');
  }

  /** Runs the shipped program with the options that its start script for Windows gives to Java. */
  WindowsProgram start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  /** The same with more options for Java. */
  WindowsProgram start(Path folder, List<String> javaOptions, String... arguments)
      throws IOException {
    List<String> command = shipped(javaOptions);
    command.addAll(List.of("-cp", BUNDLE, "io.sessionbridge.cli.Main"));
    command.addAll(List.of(arguments));
    WindowsProgram agent = started(folder, command);
    agent.closeInput();
    return agent;
  }

  /** A program of the tests that has the library for Windows and what that needs. */
  WindowsProgram library(Path folder, Class<?> program) throws IOException {
    return library(folder, List.of(), program);
  }

  /** The same with options for Java and arguments. */
  WindowsProgram library(
      Path folder, List<String> javaOptions, Class<?> program, String... arguments)
      throws IOException {
    List<Path> library = jars(LIBRARY);
    if (library.size() != 3) {
      throw new AssertionError("the library and JNA: " + library);
    }
    return test(folder, javaOptions, library, program, arguments);
  }

  private static List<Path> jars(Pattern name) throws IOException {
    try (Stream<Path> lib = Files.list(Bundle.HOME.resolve("lib"))) {
      return lib.filter(jar -> name.matcher(jar.toString()).find()).toList();
    }
  }

  /**
   * The unit tests of a package of the library for Windows.
   *
   * @param classes the folder of the tests
   */
  WindowsProgram unitTests(Path folder, Path classes, String packageName) throws IOException {
    List<Path> classPath = new ArrayList<>(jars(LIBRARY));
    classPath.add(classes);
    Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> TEST_LIBRARY.matcher(jar).find())
        .map(Path::of)
        .forEach(classPath::add);
    return test(folder, List.of(), classPath, UnitTests.class, packageName);
  }

  private WindowsProgram test(
      Path folder,
      List<String> javaOptions,
      List<Path> classPath,
      Class<?> program,
      String... arguments)
      throws IOException {
    String joined =
        Stream.concat(Stream.of(Path.of("target/test-classes")), classPath.stream())
            .map(entry -> windowsPath(entry.toAbsolutePath()))
            .collect(Collectors.joining(";"));
    List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx64m"));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", joined, program.getName()));
    command.addAll(List.of(arguments));
    return started(folder, command);
  }

  private WindowsProgram started(Path folder, List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    return new WindowsProgram(
        process(folder, command).redirectOutput(out.toFile()).redirectError(err.toFile()).start(),
        out,
        err);
  }

  /** Java as the start script calls it, and more options. */
  private List<String> shipped(List<String> javaOptions) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(shippedOptions());
    command.addAll(javaOptions);
    command.add("-Dsessionbridge.home=" + windowsPath(Bundle.HOME));
    return command;
  }

  private static List<String> shippedOptions() throws IOException {
    String script = Files.readString(Bundle.HOME.resolve("bin/sessionbridge.bat"));
    String line =
        script.lines().filter(text -> text.contains("io.sessionbridge.cli.Main")).findFirst().get();
    List<String> options = new ArrayList<>();
    JAVA_OPTION.matcher(line).results().forEach(found -> options.add(found.group()));
    options.removeIf(option -> option.startsWith("-Dsessionbridge."));
    if (options.size() < 4) {
      throw new AssertionError("options of Java in " + line + ": " + options);
    }
    return options;
  }

  /** A second process that posts messages to the agent's window. */
  Poster poster(Path folder) throws IOException {
    return talk(folder, WindowPoster.class);
  }

  /** A second process that a program of the tests runs in: it answers lines with lines. */
  Poster talk(Path folder, Class<?> program) throws IOException {
    return talk(folder, List.of(java.toString(), "-Xmx64m"), program);
  }

  /** A process in which commands of the bundle run, see {@link CommandConsole}. */
  Poster console(Path folder, List<String> javaOptions) throws IOException {
    return talk(folder, shipped(javaOptions), CommandConsole.class);
  }

  private Poster talk(Path folder, List<String> javaAndOptions, Class<?> program)
      throws IOException {
    String classes = windowsPath(Path.of("target/test-classes").toAbsolutePath());
    List<String> command = new ArrayList<>(javaAndOptions);
    command.addAll(List.of("-cp", classes + ";" + BUNDLE, program.getName()));
    return new Poster(
        process(folder, command).redirectOutput(ProcessBuilder.Redirect.PIPE).start());
  }
}
