package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The bundle that is measured: its folder, its libraries, and the flags that it starts Java with.
 */
final class Bundle {

  private static final Pattern START = Pattern.compile("exec \"\\$java\"(.*?)-cp ", Pattern.DOTALL);
  private static final Pattern FLAG = Pattern.compile("(?<=\\s)-(?:XX:|X|D)[^\\s\"$]+(?=\\s)");

  private Bundle() {}

  static Path home() {
    return Path.of(System.getProperty("benchmarks.bundle", "../bundle/target/sessionbridge"))
        .toAbsolutePath()
        .normalize();
  }

  static Path startScript() {
    return home().resolve("bin").resolve("sessionbridge");
  }

  /** The class path of the agent, with the benchmarks in front. */
  static String classPath() {
    return System.getProperty("benchmarks.jar") + ":" + home().resolve("lib") + "/*";
  }

  /** The class path of the demo's broker. */
  static String brokerClassPath() {
    return home().resolve("lib").resolve("demo") + "/*";
  }

  /** The flags in the start script, from the script itself, so that there is one list of them. */
  static List<String> shippedFlags() throws IOException {
    String script = Files.readString(startScript());
    MatchResult start =
        START
            .matcher(script)
            .results()
            .findFirst()
            .orElseThrow(() -> new IOException(startScript() + " does not start Java"));
    return FLAG.matcher(start.group(1)).results().map(MatchResult::group).toList();
  }
}
