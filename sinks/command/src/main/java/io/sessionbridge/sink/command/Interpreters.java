package io.sessionbridge.sink.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Programs that read an argument as a program of their own. What an event holds must not get there:
 * a user may be called {@code & calc}.
 */
final class Interpreters {

  /** They read every argument, however it is quoted. */
  private static final Set<String> READ_ALL = Set.of("cmd");

  private static final Set<String> POWERSHELL = Set.of("powershell", "pwsh");
  private static final Set<String> READ_ONE =
      Set.of("sh", "bash", "dash", "ash", "ksh", "zsh", "busybox", "python", "python3", "perl");

  private static final Pattern BATCH = Pattern.compile(".*\\.(bat|cmd)[. ]*", Pattern.DOTALL);
  private static final Pattern TAKES_SCRIPT = Pattern.compile("-[a-zA-Z]*[ceE]");

  private Interpreters() {}

  /** What is wrong with a command, to stand behind the name of its key; empty if nothing is. */
  static Optional<String> problem(List<Argument> command) {
    String path = command.get(0).toString().toLowerCase(Locale.ROOT);
    boolean hasField = command.stream().skip(1).anyMatch(Argument::hasField);
    if (!hasField) {
      return Optional.empty();
    }
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    String program = name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name;
    if (BATCH.matcher(name).matches() || READ_ALL.contains(program)) {
      return Optional.of(
          "must not pass fields to a batch file or cmd.exe, which would run what they hold; read"
              + " the variables SESSIONBRIDGE_* there, or name a program");
    }
    boolean script =
        POWERSHELL.contains(program)
            ? command.stream().noneMatch(argument -> isFile(argument.toString()))
            : READ_ONE.contains(program) && hasFieldInScript(command);
    return script
        ? Optional.of(
            "must not pass a field within a script, which would run what it holds; pass it as an"
                + " argument of its own, or read the variables SESSIONBRIDGE_*")
        : Optional.empty();
  }

  private static boolean isFile(String argument) {
    return argument.toLowerCase(Locale.ROOT).equals("-file");
  }

  private static boolean hasFieldInScript(List<Argument> command) {
    for (int i = 1; i < command.size() - 1; i++) {
      if (TAKES_SCRIPT.matcher(command.get(i).toString()).matches()
          && command.get(i + 1).hasField()) {
        return true;
      }
    }
    return false;
  }
}
