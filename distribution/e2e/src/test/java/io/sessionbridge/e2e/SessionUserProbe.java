package io.sessionbridge.e2e;

import com.sun.jna.platform.win32.Advapi32Util;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.arguments.Argument;
import io.sessionbridge.sink.command.config.Priority;
import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.sink.command.config.RunAs;
import io.sessionbridge.sink.command.process.Launch;
import io.sessionbridge.sink.command.process.Launcher.UserGoneException;
import io.sessionbridge.sink.command.process.Running;
import io.sessionbridge.sink.command.process.UserGroup;
import io.sessionbridge.sink.command.windows.WindowsLauncher;
import io.sessionbridge.windows.process.SessionAccount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A Java agent that starts commands as a session's user from within a Windows service, with the
 * sink's own launcher. It leaves out only the sink's question whether the account is LocalSystem.
 */
final class SessionUserProbe {

  private static final long SESSION = 1;
  private static final Duration LONG = Duration.ofMinutes(1);

  private SessionUserProbe() {}

  /**
   * Called by Java before the program's main.
   *
   * @param argument a command, with a comma between its words; the last word is the file of the
   *     report
   */
  public static void premain(String argument) {
    List<String> words = List.of(argument.split(","));
    Thread probe = new Thread(() -> report(words), "session-user-probe");
    probe.setDaemon(true);
    probe.start();
  }

  private static void report(List<String> words) {
    Path file = Path.of(words.get(words.size() - 1));
    List<String> lines = new ArrayList<>();
    try {
      probe(words.subList(0, words.size() - 1), lines);
    } catch (IOException | UserGoneException | InterruptedException | RuntimeException e) {
      lines.add("failed: " + e);
    }
    try {
      Path whole = Files.write(file.resolveSibling("report.new"), lines);
      Files.move(whole, file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void probe(List<String> command, List<String> lines)
      throws IOException, UserGoneException, InterruptedException {
    String sid = Advapi32Util.getAccountByName(System.getProperty("user.name")).sidString;
    lines.add("LocalSystem " + SessionAccount.isLocalSystem());
    try (WindowsLauncher launcher = new WindowsLauncher()) {
      lines.add("missing " + launcher.missing(program(command)).orElse("nothing"));
      lines.add("groups " + groups(launcher, sid));
      try (Running running = launcher.start(launch(command, "report", sid))) {
        OptionalInt code = running.await(LONG);
        running.output().lines().forEach(line -> lines.add("output " + line));
        lines.add("exit " + code);
        lines.add("left " + running.kill());
      }
      try (Running running = launcher.start(launch(command, "wait", sid))) {
        running.suspend();
        running.resume();
        running.lower();
        lines.add("runs " + running.await(Duration.ofSeconds(2)).isEmpty());
        lines.add("left " + running.kill());
        lines.add("killed " + running.await(LONG));
      }
      try (Running running = launcher.start(launch(command, "report", "S-1-5-21-1-2-3-4"))) {
        lines.add("another user's command ran: " + running.await(LONG));
      } catch (UserGoneException e) {
        lines.add("refused " + e.getMessage());
      }
    }
  }

  private static String groups(WindowsLauncher launcher, String sid)
      throws IOException, UserGoneException {
    EventData event =
        EventData.builder(Kind.LOGON)
            .put(Field.SESSION_ID, SESSION)
            .put(Field.USER_SID, sid)
            .build();
    List<String> sids = new ArrayList<>();
    for (UserGroup group : launcher.groups(event, true)) {
      sids.add(group.sid().orElseThrow());
    }
    return String.join(" ", sids);
  }

  private static Launch launch(List<String> command, String mode, String sid) {
    List<String> words = new ArrayList<>(command);
    words.add(mode);
    return new Launch(
        program(command),
        words,
        Map.of("SESSIONBRIDGE_KIND", "logon"),
        "größer €".getBytes(StandardCharsets.UTF_8),
        Optional.of(
            new Launch.SessionUser(
                OptionalLong.of(SESSION),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(sid))));
  }

  private static Program program(List<String> command) {
    return new Program(
        command.stream().map(Argument::of).toList(),
        Optional.empty(),
        Priority.NORMAL,
        OptionalLong.empty(),
        RunAs.SESSION_USER,
        false,
        true);
  }
}
