package io.sessionbridge.sink.command.arguments;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of PowerShell: {@code -File} is followed by a script and its data. Everything
 * else is the text of a script up to the end of the line. Option names may be abbreviated, and
 * begin with one of several dashes or a slash.
 */
final class PowerShellLine {

  private static final String DASHES = "-/\u2013\u2014\u2015";

  /** Options with a value, by their full names and aliases. */
  private static final List<String> VALUED =
      List.of(
          "executionpolicy",
          "ep",
          "windowstyle",
          "version",
          "inputformat",
          "if",
          "outputformat",
          "of",
          "configurationname",
          "psconsolefile",
          "settingsfile",
          "workingdirectory",
          "wd");

  private static final List<String> FLAGS =
      List.of("noprofile", "nop", "nologo", "noninteractive", "sta", "mta", "login");

  /** A shorter abbreviation could belong to another option, too. */
  private static final Set<String> FILE = Set.of("f", "fi", "fil", "file");

  private static final Set<String> ENCODED = Set.of("e", "ec", "en", "enc");

  private PowerShellLine() {}

  /** The problem with the arguments; empty if there is none. */
  static Optional<String> problem(String name, List<Argument> arguments) {
    boolean hasField = arguments.stream().anyMatch(Argument::hasField);
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i).toString();
      if (arguments.get(i).hasField()) {
        return Optional.of(Refusal.inScript());
      }
      String option = option(word);
      Optional<Argument> next =
          i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : Optional.empty();
      if (FILE.contains(option)) {
        return ofScript(name, next);
      }
      if (option.isEmpty() || isCommand(option)) {
        return hasField ? Optional.of(Refusal.inScript()) : ofText(name, option, word, next);
      }
      if (isOneOf(VALUED, option)) {
        i++;
        if (next.filter(Argument::hasField).isPresent()) {
          return Optional.of(Refusal.inScript());
        }
      } else if (option.length() >= 3 && "noexit".startsWith(option)) {
        return Optional.of(Refusal.asInput(name));
      } else if (hasField && !isOneOf(FLAGS, option)) {
        return Optional.of(Refusal.notUnderstood(name, word));
      }
    }
    return Optional.of(Refusal.asInput(name));
  }

  private static Optional<String> ofScript(String name, Optional<Argument> script) {
    if (script.isEmpty() || script.get().toString().equals("-")) {
      return Optional.of(Refusal.asInput(name));
    }
    return script.get().hasField() ? Optional.of(Refusal.inScript()) : Optional.empty();
  }

  private static Optional<String> ofText(
      String name, String option, String word, Optional<Argument> next) {
    String text = option.isEmpty() ? word : next.map(Argument::toString).orElse("-");
    return text.equals("-") ? Optional.of(Refusal.asInput(name)) : Optional.empty();
  }

  private static boolean isCommand(String option) {
    return "command".startsWith(option)
        || option.equals("commandwithargs")
        || option.equals("cwa")
        || ENCODED.contains(option)
        || option.length() > 3 && "encodedcommand".startsWith(option);
  }

  private static boolean isOneOf(List<String> names, String option) {
    return names.stream().anyMatch(name -> option.length() > 1 && name.startsWith(option));
  }

  /** The name of the option in lower case; empty if the word is none. */
  private static String option(String word) {
    if (word.length() < 2 || DASHES.indexOf(word.charAt(0)) < 0) {
      return "";
    }
    String name = word.substring(1);
    return (name.startsWith("-") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
  }
}
