package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** ClickHouse in a process of Python, by the scripts of the tests. */
final class TestingClickHouse {

  /** Where chdb is, if Python does not have it. */
  private static final String PACKAGES = "SESSIONBRIDGE_PYTHON_PACKAGES";

  private static final Path SCRIPTS = Path.of("src/test/python");
  private static final Path SQL = Path.of("src/main/sql");

  private final Path folder;
  private final String python = RequiredTool.find("python3").toString();

  /**
   * One.
   *
   * @param folder for its log
   */
  TestingClickHouse(Path folder) throws Exception {
    this.folder = folder;
    RequiredTool.require(
        run(List.of(python, "-c", "import chdb")) == 0,
        "this machine's python3 has no chdb, see " + PACKAGES);
  }

  /** Runs a script with the folder of the SQL and what else it needs; fails if it fails. */
  void run(String script, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(SCRIPTS.resolve(script).toString());
    command.add(SQL.toAbsolutePath().toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    int code = run(command);
    assertThat(code).as(Files.readString(folder.resolve("python.log"))).isZero();
  }

  private int run(List<String> command) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile());
    Map<String, String> environment = process.environment();
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    String packages = environment.get(PACKAGES);
    if (packages != null) {
      environment.put("PYTHONPATH", packages);
    }
    Process running = process.start();
    if (!running.waitFor(300, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(command + " did not end within 300 s");
    }
    return running.exitValue();
  }

  /** Engines write numbers and quotation marks in their own ways; no cell here holds a comma. */
  static List<List<String>> cells(List<String> csv) {
    return csv.stream()
        .map(line -> Arrays.stream(line.split(",", -1)).map(TestingClickHouse::cell).toList())
        .toList();
  }

  private static String cell(String text) {
    String bare = text.equals("\\N") ? "" : text.replace("\"", "");
    return bare.matches("-?[0-9]+(\\.[0-9]+)?")
        ? new BigDecimal(bare).stripTrailingZeros().toPlainString()
        : bare;
  }
}
