package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands for live events, in the bundle as a user installs it, with users who attack. */
class OnEventIT {

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private static final List<String> USERS =
      List.of(
          "& calc",
          "%PATH%",
          "\"",
          "a\" \"b",
          "'; touch x; '",
          "$(touch x)",
          "`touch x`",
          "${user_domain}",
          "--help",
          "\\",
          "*",
          "kim\u00fc \u20ac",
          "first\nsecond",
          "nobody");

  @TempDir Path folder;

  /** Prints what it got, each part with a NUL behind it. */
  private Path echo() throws IOException {
    Path script = folder.resolve("echo.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        to="$1/$SESSIONBRIDGE_SEQUENCE"
        shift
        printf '%s\\0' "$#" "$@" "$SESSIONBRIDGE_USER_NAME" >>"$to.part"
        mv "$to.part" "$to-$$"
        """);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** What each run got, in the order of the events. */
  private static List<List<String>> told(Path to) throws IOException {
    List<List<String>> runs = new ArrayList<>();
    try (Stream<Path> files = Files.list(to)) {
      for (Path file : files.filter(path -> !path.toString().endsWith(".part")).sorted().toList()) {
        String text = Files.readString(file);
        assertThat(text).endsWith("\0");
        runs.add(List.of(text.substring(0, text.length() - 1).split("\0", -1)));
      }
    }
    return runs;
  }

  private static List<String> expected(String user) {
    String kept = user.replace('\n', ' '); // no event has a control character
    return List.of("5", kept, "--user=" + kept, "one\ntwo", "${user_name}", "%PATH%", kept);
  }

  private Path shared() throws IOException {
    Path shared = Files.createTempDirectory(Path.of("/tmp"), "on-event");
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    return shared;
  }

  @Test
  void giveEachArgumentAsItIsAndRunForWhatIsLive() throws Exception {
    Bundle bundle = Bundle.withPlugin(folder, LiveLines.jar(folder));
    Path script = echo();
    Path open = Files.copy(script, folder.resolve("open.sh"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path each = folder("each");
    Path past = folder("past");
    Path never = folder("never");
    Path who = shared().resolve("who");
    Path names = folder.resolve("names");
    Files.writeString(
        folder.resolve("past.jsonl"),
        "{\"time\":\""
            + Instant.now()
            + "\",\"kind\":\"logon\",\"session_id\":99,\"user_name\":\"ghost\"}\n");
    String ghost = "run: ['" + script + "', '" + past + "', '${user_name}']";
    List<String> lines =
        new ArrayList<>(
            List.of(
                "data_dir: data",
                "sources:",
                "  live: {type: live_lines, path: names}",
                "  past: {type: replay, path: past.jsonl, follow: true}",
                "sinks:",
                "  each:",
                "    type: command",
                "    on: [logon]",
                "    run:",
                "    - '" + script + "'",
                "    - '" + each + "'",
                "    - '${user_name}'",
                "    - '--user=${user_name}'",
                "    - \"one\\ntwo\"",
                "    - '$${user_name}'",
                "    - '%PATH%'",
                "  past: {type: command, on: [logon], replayed: true, where: {users: [ghost]}, "
                    + ghost
                    + "}"));
    if (ROOT) {
      lines.add("  open: {type: command, on: [logon], run: ['" + open + "', '" + never + "', x]}");
      lines.add("  user:");
      lines.add("    type: command");
      lines.add("    on: [logon]");
      lines.add("    where: {users: [nobody]}");
      lines.add("    run_as: session_user");
      lines.add("    working_directory: /");
      lines.add("    run: [/bin/sh, -c, 'id -un >>\"$1\"', sh, '" + who + "']");
    }
    bundle.write("c.yaml", lines.toArray(String[]::new));

    try (Bundle.Running agent = bundle.start("run", "--config", "c.yaml")) {
      Await.until(
          () -> {
            assertThat(agent.isAlive()).as(agent.err()).isTrue();
            return told(past).size() == 1 && Files.exists(LiveLines.sign(names));
          });
      LiveLines.add(names, USERS);
      Await.until(() -> told(each).size() == USERS.size());
      if (ROOT) {
        Await.until(() -> Files.exists(who) && !Files.readString(who).isEmpty());
        Await.until(() -> agent.err().contains("refused, other users can modify " + open));
      }
      assertThat(agent.stop().err()).contains("sessionbridge stopped");
    }
    assertThat(told(past)).containsExactly(List.of("1", "ghost", "ghost"));
    assertThat(told(each)).isEqualTo(USERS.stream().map(OnEventIT::expected).toList());
    assertThat(told(never)).isEmpty();
    assertThat(folder.resolve("x")).doesNotExist();

    // Nothing that has run runs again.
    Files.delete(LiveLines.sign(names));
    try (Bundle.Running agent = bundle.start("run", "--config", "c.yaml")) {
      Await.until(() -> Files.exists(LiveLines.sign(names)));
      LiveLines.add(names, List.of("last"));
      Await.until(() -> told(each).size() > USERS.size());
      assertThat(agent.stop().err()).contains("sessionbridge stopped");
    }
    List<String> all = Stream.concat(USERS.stream(), Stream.of("last")).toList();
    assertThat(told(each)).isEqualTo(all.stream().map(OnEventIT::expected).toList());
    assertThat(told(past)).hasSize(1);
    if (ROOT) {
      assertThat(Files.readString(who)).isEqualTo("nobody\n");
    }
  }

  @Test
  void saysThatNothingRunsWithoutALiveSource() throws Exception {
    Bundle bundle = new Bundle(folder);
    Files.createFile(folder.resolve("past.jsonl"));
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources: {past: {type: replay, path: past.jsonl}}",
        "sinks:",
        "  each: {type: command, on: [logon], run: [/bin/true]}",
        "  past: {type: command, on: [logon], replayed: true, max_age: 30d, run: [/bin/true]}",
        "  young: {type: command, on: [logon], replayed: true, run: [/bin/true]}",
        "  user: {type: command, on: [logon], run_as: session_user, run: [/bin/true]}");
    Outcome outcome = bundle.run("validate", "--config", "c.yaml");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains(
            "sink each: no source is live: the command never runs, unless with replayed: true")
        .contains("sink user: no source is live: run_as: session_user never runs anything")
        .contains("sink young: no source is live: the command runs for no event older than max_age")
        .doesNotContain("sink past: no source");
  }
}
