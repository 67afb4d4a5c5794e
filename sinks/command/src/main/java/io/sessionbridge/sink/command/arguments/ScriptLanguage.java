package io.sessionbridge.sink.command.arguments;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the interpreter of a language reads its command line: options, then a script in a file; or an
 * option with the text of a script. What follows the script is data.
 *
 * @param names of the programs
 * @param flags options without a value
 * @param valued options whose value is the next argument
 * @param text options that announce the text of a script
 * @param place where that text stands, and what is data then
 * @param input options that make it read commands from its standard input
 */
record ScriptLanguage(
    Set<String> names, Pattern flags, Pattern valued, Pattern text, Place place, Pattern input) {

  /** Where the text of a script stands. */
  enum Place {
    /** It is the first argument that is not an option; the rest is data. */
    FIRST_ARGUMENT,
    /** It is the next argument; the rest is data. */
    NEXT_ENDS_OPTIONS,
    /** It is the next argument; options may follow it until {@code --} or a plain argument. */
    NEXT,
  }

  private static final Pattern NONE = Pattern.compile("(?!)");
  private static final Pattern INPUT_FILES =
      Pattern.compile("-|/dev/stdin|/dev/fd/0|/proc/(self|thread-self)/fd/0|(?i:con|conin\\$)");

  /** Options outside of this table are not understood, and exclude fields. */
  private static final List<ScriptLanguage> ALL =
      List.of(
          new ScriptLanguage(
              Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh", "rbash", "yash", "posh"),
              Pattern.compile("[-+][abefhklmnuvxBCEHPT]+|--(posix|norc|noprofile|login|verbose)"),
              Pattern.compile("[-+][abefhklmnuvxBCEHPT]*[oO]|--(rcfile|init-file)"),
              Pattern.compile("-[abefhklmnuvxBCEHPT]*c[abefhklmnuvxBCEHPT]*"),
              Place.FIRST_ARGUMENT,
              Pattern.compile("[-+][a-zA-Z]*[si][a-zA-Z]*")),
          new ScriptLanguage(
              Set.of("python", "pythonw", "py", "pyw", "pypy"),
              Pattern.compile("-[bBdEIOPqsSuvx]+|-[23](\\.\\d+)?(-32|-64)?"),
              Pattern.compile("-[WX]"),
              Pattern.compile("-[bBdEIOPqsSuvx]*c"),
              Place.NEXT_ENDS_OPTIONS,
              Pattern.compile("-[bBdEIOPqsSuvx]*i[a-zA-Z]*")),
          new ScriptLanguage(
              Set.of("perl", "wperl"),
              Pattern.compile("-[wWtTUX]+|-[IMm].+"),
              Pattern.compile("-I"),
              Pattern.compile("-[wWtTUX]*[eE]"),
              Place.NEXT,
              NONE),
          new ScriptLanguage(
              Set.of("ruby", "rubyw"),
              Pattern.compile("-[wWU]+|-[Ir].+"),
              Pattern.compile("-[Ir]"),
              Pattern.compile("-[wW]*e"),
              Place.NEXT,
              NONE),
          new ScriptLanguage(
              Set.of("node", "nodejs"),
              Pattern.compile("--(no-warnings|no-deprecation|use-strict)"),
              Pattern.compile("-r|--require|--import"),
              Pattern.compile("-e|--eval|-p|--print|-pe"),
              Place.NEXT,
              Pattern.compile("-i|--interactive")),
          new ScriptLanguage(
              Set.of("php", "php-cgi"),
              Pattern.compile("-[nqC]"),
              Pattern.compile("-[dcz]"),
              Pattern.compile("-r"),
              Place.NEXT,
              Pattern.compile("-a|--interactive")),
          new ScriptLanguage(
              Set.of("lua", "luajit"),
              Pattern.compile("-[EW]"),
              Pattern.compile("-l"),
              NONE,
              Place.NEXT,
              Pattern.compile("-i")),
          new ScriptLanguage(
              Set.of("julia"),
              NONE,
              Pattern.compile("-L|--load"),
              Pattern.compile("-[eE]|--eval|--print"),
              Place.NEXT,
              Pattern.compile("-i|--interactive(=yes)?")),
          new ScriptLanguage(
              Set.of("guile"),
              NONE,
              Pattern.compile("-[lL]"),
              Pattern.compile("-c"),
              Place.NEXT_ENDS_OPTIONS,
              NONE),
          new ScriptLanguage(
              Set.of("tclsh", "wish", "rscript", "osascript", "groovy"),
              NONE,
              NONE,
              NONE,
              Place.NEXT,
              NONE));

  /** The language of an interpreter, by its plain name; empty if the program is none. */
  static Optional<ScriptLanguage> of(String program) {
    return ALL.stream().filter(language -> language.names().contains(program)).findFirst();
  }

  /**
   * The problem with the arguments of the interpreter; empty if there is none.
   *
   * @param name as the user knows it
   */
  Optional<String> problem(String name, List<Argument> arguments) {
    boolean hasField = arguments.stream().anyMatch(Argument::hasField);
    boolean hasText = false;
    boolean ended = false;
    for (int i = 0; i < arguments.size(); i++) {
      Argument argument = arguments.get(i);
      String word = argument.toString();
      boolean option = !ended && word.length() > 1 && (word.startsWith("-") || isPlus(word));
      if (argument.hasField()) {
        return hasText && place == Place.NEXT && !option
            ? Optional.of(Refusal.asOption(name))
            : Optional.of(Refusal.inScript());
      }
      if (word.equals("-") && !ended && place == Place.FIRST_ARGUMENT && i + 1 < arguments.size()) {
        ended = true; // a shell treats it as --
        continue;
      }
      if (!option) {
        return INPUT_FILES.matcher(word).matches() && !hasText
            ? Optional.of(Refusal.asInput(name))
            : Optional.empty(); // the script, or its first argument: the rest is data
      }
      if (word.equals("--")) {
        ended = true;
        if (hasText && place == Place.NEXT) {
          return Optional.empty();
        }
      } else if (input.matcher(word).matches()) {
        return Optional.of(Refusal.asInput(name));
      } else if (text.matcher(word).matches()) {
        hasText = true;
        if (place != Place.FIRST_ARGUMENT) {
          i++;
          if (i < arguments.size() && arguments.get(i).hasField()) {
            return Optional.of(Refusal.inScript());
          }
          if (place == Place.NEXT_ENDS_OPTIONS) {
            return Optional.empty();
          }
        }
      } else if (valued.matcher(word).matches()) {
        i++;
        if (i < arguments.size() && arguments.get(i).hasField()) {
          return Optional.of(Refusal.inScript());
        }
      } else if (hasField && !flags.matcher(word).matches()) {
        return Optional.of(Refusal.notUnderstood(name, word));
      }
    }
    return hasText && place != Place.FIRST_ARGUMENT
        ? Optional.empty()
        : Optional.of(Refusal.asInput(name));
  }

  private static boolean isPlus(String word) {
    return word.startsWith("+");
  }
}
