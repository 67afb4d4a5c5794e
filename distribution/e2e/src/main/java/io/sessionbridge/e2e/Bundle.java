package io.sessionbridge.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The program as a user has it: the folder, its start script, its exit code and what it prints. */
public final class Bundle {

  public static final Path HOME =
      Path.of("../bundle/target/sessionbridge").toAbsolutePath().normalize();

  /** What a run left. */
  public record Outcome(int exit, String out, String err) {}

  /** A run that goes on. */
  public static final class Running implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    Running(Process process, Path out, Path err) {
      this.process = process;
      this.out = out;
      this.err = err;
    }

    public Outcome await() throws Exception {
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new TimeoutException("still running after 120 s: " + Files.readString(err));
      }
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** As kill -9 does. */
    public void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    /** As kill does. */
    public Outcome stop() throws Exception {
      process.destroy();
      return await();
    }

    /** The process itself: the start script becomes Java. */
    public long pid() {
      return process.pid();
    }

    public boolean isAlive() {
      return process.isAlive();
    }

    /** The processes that it started. */
    List<ProcessHandle> children() {
      return process.descendants().toList();
    }

    String out() throws IOException {
      return Files.readString(out);
    }

    public String err() {
      try {
        return Files.readString(err);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private final Path home;
  private final Path folder;
  private final Map<String, String> environment;
  private int runs;

  public Bundle(Path folder) {
    this(folder, "");
  }

  /**
   * A bundle with options for its Java.
   *
   * @param javaOptions separated by blanks
   */
  Bundle(Path folder, String javaOptions) {
    this(folder, Map.of("SESSIONBRIDGE_JAVA_OPTS", javaOptions));
  }

  /** A bundle whose process gets these variables too. */
  public Bundle(Path folder, Map<String, String> environment) {
    this(HOME, folder, environment);
  }

  private Bundle(Path home, Path folder, Map<String, String> environment) {
    this.home = home;
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** A bundle with one more plug-in, in a home of its own. */
  static Bundle withPlugin(Path folder, Path jar) throws IOException {
    Path home = folder.resolve("home");
    for (String name : List.of("bin", "plugins")) {
      Files.createDirectories(home.resolve(name));
    }
    Files.createSymbolicLink(home.resolve("lib"), HOME.resolve("lib").toRealPath());
    Path script = Path.of("bin", "sessionbridge");
    Files.copy(HOME.resolve(script), home.resolve(script), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(jar, home.resolve("plugins").resolve(jar.getFileName()));
    return new Bundle(home, folder, Map.of());
  }

  public Running start(String... arguments) throws IOException {
    return startWith(List.of(), Path.of("/dev/null"), arguments);
  }

  /** Starts it so that a hang-up reaches it, also where the tests run under {@code nohup}. */
  Running startForHangUp(String... arguments) throws IOException {
    return startWith(List.of("env", "--default-signal=HUP"), Path.of("/dev/null"), arguments);
  }

  /** Starts it with a file as its standard input. */
  private Running startWith(List<String> prefix, Path input, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(home.resolve("bin/sessionbridge").toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out-" + ++runs + ".txt");
    Path err = folder.resolve("err-" + runs + ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(input.toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // The agents run on the Java of the tests.
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new Running(builder.start(), out, err);
  }

  Outcome run(String... arguments) throws Exception {
    try (Running running = start(arguments)) {
      return running.await();
    }
  }

  /** Runs it with a file as its standard input. */
  Outcome runWith(Path input, String... arguments) throws Exception {
    try (Running running = startWith(List.of(), input, arguments)) {
      return running.await();
    }
  }

  public Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
