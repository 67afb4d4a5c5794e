package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parsers of others read every golden line as it is meant: cefp and cefevent of PyPI, and
 * liblognorm, which rsyslog uses.
 */
class CefOracleTest {

  /** Where cefp and cefevent are, if Python does not have them. */
  private static final String PACKAGES = "SESSIONBRIDGE_PYTHON_PACKAGES";

  private static final Path ORACLES = Path.of("src/test/resources/oracles");
  private static final JsonMapper JSON = new JsonMapper();

  /** What a name may hold that means something in CEF. */
  private static final Map<String, Field<String>> NAMES =
      Map.of(
          "duser", Field.USER_NAME,
          "dntdom", Field.USER_DOMAIN,
          "dvchost", Field.HOST_NAME,
          "shost", Field.CLIENT_NAME,
          "reason", Field.REASON,
          "cs3", Field.SESSION_KEY);

  @TempDir private Path folder;

  @Test
  void pythonReadsWhatIsMeant() throws Exception {
    require(
        code("python3", "-c", "import cefevent, cefp").equals(OptionalInt.of(0)),
        "this machine has no python3 with cefevent and cefp, see " + PACKAGES);
    Result result =
        run(List.of("python3", ORACLES.resolve("check_cef.py").toString()), goldenLines());
    assertThat(result.code()).as(result.err()).isZero();
    check(result.out().lines().map(line -> JSON.readTree(line).get("extension")).toList());
  }

  @Test
  void liblognormReadsWhatIsMeant() throws Exception {
    require(code("lognormalizer", "-h").isPresent(), "this machine has no lognormalizer");
    String rules = ORACLES.resolve("cef.rulebase").toString();
    Result result = run(List.of("lognormalizer", "-r", rules, "-e", "json"), goldenLines());
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out()).doesNotContain("unparsed-data");
    check(result.out().lines().map(line -> JSON.readTree(line).at("/cef/Extensions")).toList());
  }

  private static void check(List<JsonNode> extensions) {
    List<SessionEvent> events = GoldenLines.events();
    assertThat(extensions).hasSameSizeAs(events);
    for (int i = 0; i < events.size(); i++) {
      JsonNode extension = extensions.get(i);
      SessionEvent event = events.get(i);
      assertThat(extension.get("externalId").asString()).isEqualTo(event.id());
      assertThat(extension.get("act").asString()).isEqualTo(event.kind().wireName());
      NAMES.forEach(
          (key, field) ->
              assertThat(extension.has(key) ? extension.get(key).asString() : null)
                  .as("%s of %s", key, extension)
                  .isEqualTo(event.data().find(field).map(UntrustedText::part).orElse(null)));
    }
  }

  private static String goldenLines() {
    return String.join("\n", GoldenLines.of(SiemFormat.CEF)) + "\n";
  }

  /** As RequiredTool of the test kit, which this module cannot use: the test kit needs it. */
  private static void require(boolean there, String missing) {
    assertThat(there || !"1".equals(System.getenv("SESSIONBRIDGE_REQUIRE_ALL")))
        .as(missing)
        .isTrue();
    assumeTrue(there, missing);
  }

  /** What the program ends with; empty if there is no such program. */
  private OptionalInt code(String... command) throws InterruptedException {
    try {
      return OptionalInt.of(run(List.of(command), "").code());
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  private record Result(int code, String out, String err) {}

  private Result run(List<String> command, String input) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("in"), input);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = process.environment();
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    String packages = environment.get(PACKAGES);
    if (packages != null) {
      environment.put("PYTHONPATH", packages);
    }
    Process running = process.start();
    if (!running.waitFor(60, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(command + " did not end within 60 s");
    }
    return new Result(
        running.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }
}
