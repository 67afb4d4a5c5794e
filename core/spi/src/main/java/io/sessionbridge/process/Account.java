package io.sessionbridge.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A user of this system, by the name service (NSS): local files, SSSD, winbind.
 *
 * @param name of the user
 * @param uid the user's number
 * @param gid the number of the first group
 * @param home the home folder
 * @param shell the user's shell
 */
public record Account(String name, long uid, long gid, String home, String shell) {

  private static final long PATIENCE_SECONDS = 20;

  /** The entry of a user; empty if there is none. May wait for a directory service. */
  public static Optional<Account> find(String name) throws IOException, InterruptedException {
    List<String> lines = ask("getent", "passwd", "--", name);
    return lines.isEmpty() ? Optional.empty() : ofEntry(lines.get(0));
  }

  /** A line of {@code passwd}. */
  static Optional<Account> ofEntry(String line) {
    String[] parts = line.split(":", -1);
    if (parts.length != 7) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Account(
              parts[0],
              Long.parseLong(parts[2]),
              Long.parseLong(parts[3]),
              parts[5].isEmpty() ? "/" : parts[5],
              parts[6].isEmpty() ? "/bin/sh" : parts[6]));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The names of all groups of a user; none if there is no such user. */
  public static Set<String> groups(String user) throws IOException, InterruptedException {
    Set<String> names = new LinkedHashSet<>();
    for (String number : numbers(ask("id", "-G", "--", user))) {
      List<String> entry = ask("getent", "group", number);
      names.add(entry.isEmpty() ? number : entry.get(0).split(":", -1)[0]);
    }
    return names;
  }

  private static List<String> numbers(List<String> lines) {
    return lines.isEmpty() ? List.of() : List.of(lines.get(0).strip().split(" +"));
  }

  /** The lines that a tool prints; none if it says that there is nothing. */
  private static List<String> ask(String... command) throws IOException, InterruptedException {
    Process tool =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      tool.getOutputStream().close();
      if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            command[0] + " has not answered within " + PATIENCE_SECONDS + " s: " + command[1]);
      }
      if (tool.exitValue() != 0) {
        return List.of();
      }
      List<String> lines = new ArrayList<>();
      new String(tool.getInputStream().readAllBytes(), UTF_8).lines().forEach(lines::add);
      return lines;
    } finally {
      tool.destroyForcibly();
    }
  }
}
