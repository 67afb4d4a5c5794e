package io.sessionbridge.sink.command.arguments;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Programs that interpret an argument or their standard input as code. Data of an event must not
 * reach them as code: a user may be called {@code & calc}. They are recognized by name. A command
 * line that is not understood is refused.
 */
public final class Interpreters {

  private static final Pattern BATCH = Pattern.compile("(?s).*\\.(bat|cmd)[. ]*");

  /** Short 8.3 names and alternate streams, whose target the name does not show. */
  private static final Pattern HIDDEN = Pattern.compile("(?s).*~\\d+(\\..*)?|.*:.*");

  private static final Pattern ANY = Pattern.compile("(?s).*");
  private static final Pattern NEVER = Pattern.compile("(?!)");
  private static final Pattern VERSION = Pattern.compile("(?<=[a-z])[-.\\d]+$");
  private static final Pattern BUILD = Pattern.compile("[-.](preview|dbg|debug|static)$");
  private static final Pattern ABSOLUTE = Pattern.compile("(?s)/.*|[A-Za-z]:[\\\\/].*|\\\\\\\\.*");

  /**
   * They may run the content of any argument, however it is quoted. Without an argument that
   * matches the pattern they read commands from standard input.
   */
  private static final Map<Pattern, Pattern> READ_ALL =
      Map.of(
          names("cmd|command"),
          Pattern.compile("(?i)(/[a-z](:[a-z]+)?)*/[cr].*"),
          names("wscript|cscript|mshta|rundll|regsvr|msiexec|forfiles|wmic|schtasks|installutil"),
          ANY,
          names(
              "awk|gawk|mawk|nawk|sed|ed|ex|vi|vim|emacs|m4|make|watch|script|deno|bun|wsl|expect|sqlite"),
          ANY,
          names("tmux|screen|xterm|wt"),
          ANY,
          names("r"),
          Pattern.compile("(?i)-f|-e|--file=.*"),
          names("erl"),
          Pattern.compile("-noshell|-noinput"),
          names("su"),
          Pattern.compile("-[a-zA-Z]*c|--(session-)?command(=.*)?"),
          names("ssh|plink|rsh|psexec|runas"),
          ANY,
          names("psql|mysql|mariadb|sqlcmd|osql|sqlplus"),
          Pattern.compile("-[a-zA-Z]*[cefiqQ].*|--(command|file|execute)(=.*)?"),
          names("at|batch|xargs|parallel|irb|jshell|ghci|gdb|lldb|bc|dc|ftp|sftp|fish|csh|tcsh|nu"),
          NEVER);

  private static final Pattern TO_THE_PROMPT = Pattern.compile("(?i)(/[a-z](:[a-z]+)?)*/k.*");

  /** They run the program that follows their options. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "nice",
          "ionice",
          "chrt",
          "taskset",
          "setsid",
          "nohup",
          "timeout",
          "stdbuf",
          "time",
          "prlimit",
          "numactl",
          "chroot",
          "setarch",
          "cgexec",
          "unbuffer",
          "strace",
          "ltrace",
          "busybox",
          "toybox",
          "docker",
          "podman",
          "kubectl",
          "nsenter",
          "lxc-attach",
          "machinectl",
          "systemd-run",
          "systemd-inhibit",
          "find",
          "eatmydata",
          "ld.so",
          "dbus-run-session",
          "start",
          "conhost",
          "gosu");

  /** They do the same, or pass their arguments to a shell. */
  private static final Set<String> SHELL_WRAPPERS =
      Set.of("env", "sudo", "doas", "runuser", "flock", "unshare", "setpriv", "pkexec", "sg");

  /** Names that other programs may have, too. They count only in the folders of the system. */
  private static final Set<String> WORDS =
      Set.of(
          "script", "watch", "make", "ex", "ed", "at", "batch", "nu", "start", "time", "find",
          "screen");

  private static final Pattern SYSTEM_FOLDER =
      Pattern.compile("(?i)(/usr(/local)?)?/s?bin/|[a-z]:[\\\\/]windows[\\\\/]");

  private static final Pattern TO_A_SHELL =
      Pattern.compile("-[a-zA-Z]*[cSsi].*|--(command|split-string|shell|login)(=.*)?");

  private Interpreters() {}

  private static Pattern names(String alternatives) {
    return Pattern.compile(alternatives);
  }

  /**
   * The problem with the command of an event, to follow the name of its key; empty if there is
   * none.
   */
  public static Optional<String> problem(List<Argument> command) {
    Optional<String> first = problem(command, 0);
    if (first.isPresent()) {
      return first;
    }
    for (int i = 1; i < command.size(); i++) { // the program may start others
      boolean hasField = command.subList(i, command.size()).stream().anyMatch(Argument::hasField);
      if (hasField && isPath(command.get(i)) && isInterpreter(command.get(i))) {
        Optional<String> inner = problem(command, i);
        if (inner.isPresent()) {
          return inner;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> problem(List<Argument> command, int at) {
    String file = file(command.get(at));
    String name = name(command.get(at));
    List<Argument> arguments = command.subList(at + 1, command.size());
    boolean hasField = arguments.stream().anyMatch(Argument::hasField);
    Optional<Pattern> readsAll = readAll(command.get(at));
    boolean anything =
        readsAll.isPresent()
            || BATCH.matcher(file).matches()
            || at == 0 && HIDDEN.matcher(file).matches();
    if (hasField && anything) {
      return Optional.of(Refusal.anywhere(file));
    }
    if (readsAll.isPresent()) {
      return ofCommands(file, name, readsAll.get(), arguments);
    }
    if (name.equals("powershell") || name.equals("pwsh")) {
      return PowerShellLine.problem(file, arguments);
    }
    if (isWrapper(command.get(at))) {
      return ofWrapper(command, at, file, SHELL_WRAPPERS.contains(name));
    }
    return ScriptLanguage.of(name).flatMap(language -> language.problem(file, arguments));
  }

  private static Optional<Pattern> readAll(Argument word) {
    String name = name(word);
    if (isOutsideOfSystem(word, name)) {
      return Optional.empty();
    }
    return READ_ALL.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Such as {@code /opt/it/script}. */
  private static boolean isOutsideOfSystem(Argument word, String name) {
    return WORDS.contains(name)
        && isPath(word)
        && !SYSTEM_FOLDER.matcher(word.toString()).lookingAt();
  }

  private static Optional<String> ofCommands(
      String file, String name, Pattern required, List<Argument> arguments) {
    for (Argument argument : arguments) {
      String word = argument.toString();
      if (name.equals("cmd") && TO_THE_PROMPT.matcher(word).matches()) {
        return Optional.of(Refusal.asInput(file));
      }
      if (required.matcher(word).matches()) {
        return Optional.empty();
      }
    }
    return Optional.of(Refusal.asInput(file));
  }

  private static Optional<String> ofWrapper(
      List<Argument> command, int at, String file, boolean shell) {
    boolean found = false;
    for (int i = at + 1; i < command.size(); i++) {
      Argument word = command.get(i);
      if (!found && word.hasField()) {
        return Optional.of(Refusal.notUnderstood(file, word.toString()));
      }
      if (!found && shell && TO_A_SHELL.matcher(word.toString()).matches()) {
        return Optional.of(Refusal.notUnderstood(file, word.toString()));
      }
      boolean known = !word.hasField() && isKnown(word);
      if (known) {
        Optional<String> inner = problem(command, i);
        if (inner.isPresent()) {
          return inner;
        }
      }
      found |= known || isPath(word);
    }
    return Optional.empty();
  }

  private static boolean isKnown(Argument word) {
    return isInterpreter(word) || isWrapper(word);
  }

  private static boolean isWrapper(Argument word) {
    String name = name(word);
    return (WRAPPERS.contains(name) || SHELL_WRAPPERS.contains(name))
        && !isOutsideOfSystem(word, name);
  }

  private static boolean isInterpreter(Argument word) {
    String name = name(word);
    return BATCH.matcher(file(word)).matches()
        || name.equals("powershell")
        || name.equals("pwsh")
        || readAll(word).isPresent()
        || ScriptLanguage.of(name).isPresent();
  }

  private static boolean isPath(Argument word) {
    return !word.hasField() && ABSOLUTE.matcher(word.toString()).matches();
  }

  private static String file(Argument word) {
    String path = word.toString().toLowerCase(Locale.ROOT);
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** Without a version, and without the suffixes that Windows adds or ignores. */
  private static String name(Argument word) {
    String name = file(word).replaceFirst("[. ]+$", "").replaceFirst("\\.(exe|com)$", "");
    String plain = BUILD.matcher(VERSION.matcher(name).replaceFirst("")).replaceFirst("");
    return VERSION.matcher(plain).replaceFirst("");
  }
}
