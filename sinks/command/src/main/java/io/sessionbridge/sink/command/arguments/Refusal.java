package io.sessionbridge.sink.command.arguments;

/** Why a command is refused that an event could change, to stand behind the name of its key. */
final class Refusal {

  private static final String INSTEAD =
      "let it read its standard input or the variables SESSIONBRIDGE_*";

  private Refusal() {}

  static String anywhere(String program) {
    return "must not pass fields to " + program + ", which could run what they hold; " + INSTEAD;
  }

  static String inScript() {
    return "must not pass a field within or before a script, which would run what it holds; pass it"
        + " behind the script as an argument of its own, or "
        + INSTEAD;
  }

  static String asOption(String program) {
    return "must have -- before a field behind the text of a script: "
        + program
        + " would take what begins with - for an option";
  }

  static String notUnderstood(String program, String word) {
    return "must not pass fields to "
        + program
        + " with "
        + word
        + ": it is not known which of them it would run; "
        + INSTEAD;
  }

  static String asInput(String program) {
    return "must not let "
        + program
        + " read commands from its standard input, which is the event; name a script";
  }
}
