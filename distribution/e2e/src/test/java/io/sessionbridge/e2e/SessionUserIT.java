package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How far {@code run_as: session_user} gets in a real service of Wine: token of the session,
 * environment of the user, process, job. Wine gives the service's own token for every session, so
 * the isolation of sessions is not among it.
 */
@Timeout(600)
class SessionUserIT {

  @TempDir Path root;

  @Test
  void aServiceStartsCommandsWithTheTokenOfASession() throws Exception {
    Wine wine = Wine.emulatedOrSkip();
    Path folder = Files.createDirectories(root.resolve("agent"));
    Files.write(
        folder.resolve("c.yaml"),
        List.of(
            "data_dir: data",
            "sources: {service: {type: scm}}",
            "sinks: {out: {type: file, path: out.jsonl}}"));
    Path report = root.resolve("report.txt");
    String option =
        String.join(
            ",",
            "-javaagent:"
                + Wine.windowsPath(JavaAgentJar.make(root, SessionUserProbe.class))
                + "="
                + wine.windowsJava(),
            "-cp",
            Wine.windowsPath(Path.of("target/test-classes").toAbsolutePath()),
            SessionUserProgram.class.getName(),
            Wine.windowsPath(report));
    try (TestService service = TestService.install(wine, folder, "c.yaml")) {
      service.addJavaOption(option);
      service.start();
      Await.until(() -> Files.exists(report));
    }
    List<String> lines = Files.readAllLines(report);
    lines.forEach(line -> System.out.println("SessionUserIT: " + line));
    assertThat(lines)
        .contains(
            "LocalSystem false",
            "missing run_as: session_user needs an agent that runs as LocalSystem, as the service"
                + " does: only that account gets the token of another user",
            "output SESSIONBRIDGE_KIND logon",
            "output input " + SessionUserProgram.input(),
            "exit OptionalInt[42]",
            "runs true",
            "killed OptionalInt[137]")
        .anyMatch(line -> line.startsWith("groups ") && line.contains("S-1-5-32-545"))
        .anyMatch(line -> line.startsWith("output USERNAME "))
        .anyMatch(line -> line.startsWith("refused "))
        .noneMatch(line -> line.startsWith("failed"));
    assertThat(lines.stream().filter("left []"::equals)).hasSize(2);
    assertThat(value(lines, "output folder ")).isEqualTo(value(lines, "output USERPROFILE "));
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not in " + lines))
        .substring(name.length());
  }
}
