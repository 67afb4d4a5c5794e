package io.sessionbridge.msi;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The scripts of this module and the tools they need. */
final class Programs {

  static final Path BUNDLE = Path.of("../bundle/target/sessionbridge").toAbsolutePath().normalize();

  /** Of all packages. */
  static final String TIME = "2001-02-03T04:05:06Z";

  private static final Path SCRIPTS = Path.of("src/main/msi").toAbsolutePath();

  private final Path folder;

  /**
   * @param folder for what programs print
   */
  Programs(Path folder) {
    this.folder = folder;
  }

  static void requireBuilders() {
    RequiredTool.find("python3");
    RequiredTool.find("wixl");
    RequiredTool.find("msibuild");
    assertThat(BUNDLE.resolve("lib")).as("the bundle, built by package").isDirectory();
  }

  static String script(String name) {
    return SCRIPTS.resolve(name).toString();
  }

  /** Makes the package. */
  void build(Path bundle, Path runtime, String version, Path output, Map<String, String> variables)
      throws IOException, InterruptedException {
    run(variables, 300, command(bundle, runtime, version, output));
  }

  /** The command that makes the package. */
  static String[] command(Path bundle, Path runtime, String version, Path output) {
    List<String> command = new ArrayList<>(List.of(script("build")));
    command.addAll(List.of("--bundle", bundle.toString(), "--runtime", runtime.toString()));
    command.addAll(List.of("--version", version, "--timestamp", TIME));
    command.addAll(List.of("--output", output.toString()));
    return command.toArray(String[]::new);
  }

  /** What it prints, once it has ended well. */
  String run(Map<String, String> variables, int seconds, String... command)
      throws IOException, InterruptedException {
    Ended ended = end(variables, seconds, command);
    assertThat(ended.code()).as("%s\n%s", List.of(command), ended.printed()).isZero();
    return ended.printed();
  }

  /** What it prints, once it has ended with an error. */
  String fail(Map<String, String> variables, int seconds, String... command)
      throws IOException, InterruptedException {
    Ended ended = end(variables, seconds, command);
    assertThat(ended.code()).as("%s\n%s", List.of(command), ended.printed()).isOne();
    return ended.printed();
  }

  private record Ended(int code, String printed) {}

  private Ended end(Map<String, String> variables, int seconds, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    process.destroyForcibly();
    String printed = Files.readString(out);
    assertThat(ended).as("%s within %d s\n%s", List.of(command), seconds, printed).isTrue();
    return new Ended(process.exitValue(), printed);
  }

  /** The rows of a table of a package, with their columns. */
  List<List<String>> table(Path msi, String name) throws IOException, InterruptedException {
    return run(Map.of(), 60, "msiinfo", "export", msi.toString(), name)
        .lines()
        .skip(3)
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }
}
