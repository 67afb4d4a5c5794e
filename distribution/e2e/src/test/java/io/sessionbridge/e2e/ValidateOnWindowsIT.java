package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate --explain} in a Java for Windows, with its output in a file. */
@Timeout(300)
class ValidateOnWindowsIT {

  /** Letters inside and outside of the code page of Windows. */
  private static final String LAKE = "Büro Łódź.jsonl";

  /** What Java 19 and later do by themselves if the output is redirected, for a Java 17. */
  private static final List<String> CODE_PAGE =
      List.of(
          "-Dnative.encoding=Cp1252", "-Dstdout.encoding=Cp1252", "-Dsun.stdout.encoding=Cp1252");

  @TempDir Path folder;
  private Wine wine;
  private String main = "";
  private String site = "";
  private String night = "";

  @BeforeEach
  void write() throws Exception {
    wine = Wine.orSkip();
    main =
        write(
            "sessionbridge.yaml",
            "data_dir: data",
            "sources:",
            "  in: {type: replay, path: in.jsonl, follow: true}",
            "sinks:",
            "  lake:",
            "    type: file",
            "    path: lake.jsonl");
    Files.createDirectory(folder.resolve("conf.d"));
    site =
        write("conf.d/10-site.yaml", "heartbeat: 20m", "sinks:", "  lake: {path: '" + LAKE + "'}");
    night = write("conf.d/20-night.yaml", "# at night", "heartbeat: 30m");
  }

  private String write(String name, String... lines) throws IOException {
    return Wine.windowsPath(Files.write(folder.resolve(name), List.of(lines)));
  }

  private List<String> explained(List<String> javaOptions) throws Exception {
    try (WindowsProgram program =
        wine.start(folder, javaOptions, "validate", "--explain", "--config", main)) {
      program.awaitEnd();
      assertThat(program.exitCode()).as(program.err()).isZero();
      return program.out().lines().filter(line -> !line.endsWith("  (default)")).toList();
    }
  }

  @Test
  void showsWhereEachValueComesFrom() throws Exception {
    assertThat(site).endsWith("\\conf.d\\10-site.yaml");
    assertThat(explained(List.of()))
        .startsWith(
            site + ":3: sinks.lake.path replaces that of " + main + ":7",
            night + ":2: heartbeat replaces that of " + site + ":1",
            "data_dir: data  (" + main + ":1)",
            "sources.in.type: replay  (" + main + ":3)",
            "sources.in.path: in.jsonl  (" + main + ":3)",
            "sources.in.follow: true  (" + main + ":3)",
            "sinks.lake.type: file  (" + main + ":6)",
            "sinks.lake.path: " + LAKE + "  (" + site + ":3)",
            "heartbeat: 30m  (" + night + ":2)",
            "configuration: valid, 1 source, 1 sink")
        .last()
        .asString()
        .startsWith("sink lake: ");
  }

  @Test
  void printsEachLetterWhereJavaUsesTheCodePage() throws Exception {
    assertThat(explained(CODE_PAGE)).contains("sinks.lake.path: " + LAKE + "  (" + site + ":3)");
  }
}
