package io.sessionbridge.e2e;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final Path PREFIX = Path.of("target/wine").toAbsolutePath();
  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/wine/wine64"), Path.of("/usr/bin/wine64"), Path.of("/usr/bin/wine"));
  private static final String CONTROL = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
  private static final String PIPE_TIMEOUT = "ServicesPipeTimeout";
  private static final Pattern LIBRARY =
      Pattern.compile("[/\\\\](sessionbridge-windows|jna|jna-platform)-[0-9][^/\\\\]*$");
  private static final boolean ON_WINDOWS = OS.WINDOWS.isCurrentOs();
  private static final Pattern JAVA_OPTION = Pattern.compile("(?<= )-[XD][^ \"%]+(?= )");

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
        .redirectOutput(PREFIX.getParent().resolve("wine.out").toFile())
        .redirectError(PREFIX.getParent().resolve("wine.err").toFile());
  }

  /** The name under which a Windows program knows the file. */
  static String windowsPath(Path file) {
    return ON_WINDOWS ? file.toString() : "Z:" + file.toString().replace('/', '\\');
  }

  /** Runs the shipped program with the options that its start script for Windows gives to Java. */
  Agent start(Path folder, String... arguments) throws IOException {
    return start(folder, List.of(), arguments);
  }

  /** The same with more options for Java. */
  Agent start(Path folder, List<String> javaOptions, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(shippedOptions());
    command.addAll(javaOptions);
    command.add("-Dsessionbridge.home=" + windowsPath(Bundle.HOME));
    command.addAll(List.of("-cp", windowsPath(Bundle.HOME.resolve("lib")) + "\\*"));
    command.add("io.sessionbridge.cli.Main");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        process(folder, command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Agent(process, out, err);
  }

  /** A program of the tests that has the library for Windows and what that needs. */
  Agent library(Path folder, Class<?> program) throws IOException {
    List<String> jars = new ArrayList<>(List.of(Path.of("target/test-classes").toString()));
    try (Stream<Path> lib = Files.list(Bundle.HOME.resolve("lib"))) {
      lib.map(Path::toString).filter(jar -> LIBRARY.matcher(jar).find()).forEach(jars::add);
    }
    if (jars.size() != 4) {
      throw new AssertionError("the library and JNA: " + jars);
    }
    String classPath =
        jars.stream()
            .map(jar -> windowsPath(Path.of(jar).toAbsolutePath()))
            .collect(Collectors.joining(";"));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    List<String> command = List.of(java.toString(), "-Xmx64m", "-cp", classPath, program.getName());
    return new Agent(
        process(folder, command).redirectOutput(out.toFile()).redirectError(err.toFile()).start(),
        out,
        err);
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
    String classes = windowsPath(Path.of("target/test-classes").toAbsolutePath());
    Process process =
        process(
                folder,
                List.of(
                    java.toString(),
                    "-Xmx64m",
                    "-cp",
                    classes + ";" + windowsPath(Bundle.HOME.resolve("lib")) + "\\*",
                    program.getName()))
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    return new Poster(process);
  }

  /** The program while it runs. */
  static final class Agent implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    Agent(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    String out() {
      return read(out);
    }

    String err() {
      return read(err);
    }

    private static String read(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for a line with that text on standard error. */
    Agent awaitErr(String text) throws Exception {
      try {
        Await.until(() -> err().contains(text));
      } catch (AssertionError e) {
        throw new AssertionError("no '" + text + "' in: " + err(), e);
      }
      return this;
    }

    /** As Ctrl-C in its console, which a test on Windows cannot press. */
    void interrupt() throws Exception {
      if (ON_WINDOWS) {
        abort("nobody can press Ctrl-C here: run this under Wine");
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** How many threads it has, those of Windows too. */
    int threads() throws IOException {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("Threads:"))
          .mapToInt(line -> Integer.parseInt(line.substring("Threads:".length()).strip()))
          .findFirst()
          .orElseThrow();
    }

    /** As the end of its input. */
    void closeInput() throws IOException {
      process.getOutputStream().close();
    }

    /** As the task manager does. */
    void kill() throws Exception {
      process.destroyForcibly().waitFor();
    }

    void awaitEnd() throws Exception {
      if (!process.waitFor(90, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs: " + err());
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** Talks to {@link WindowPoster} and its like. */
  static final class Poster implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    Poster(Process process) throws IOException {
      this.process = process;
      this.answers = process.inputReader(StandardCharsets.UTF_8);
      this.commands = process.outputWriter(StandardCharsets.UTF_8);
      String ready = answers.readLine();
      if (!"ready".equals(ready)) {
        throw new AssertionError("the poster said " + ready);
      }
    }

    String ask(String command) throws IOException {
      commands.write(command + "\n");
      commands.flush();
      return String.valueOf(answers.readLine());
    }

    void post(int code, long session) throws IOException {
      posted(ask("post " + code + " " + session), 1);
    }

    void burst(int count) throws IOException {
      posted(ask("burst " + count), count);
    }

    void storm(int count) throws IOException {
      posted(ask("storm " + count), count);
    }

    void closeWindow() throws IOException {
      posted(ask("close"), 1);
    }

    private static void posted(String answer, int count) {
      String wanted = "posted " + count + " of " + count;
      if (!answer.equals(wanted)) {
        throw new AssertionError("wanted " + wanted + ", was " + answer);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
