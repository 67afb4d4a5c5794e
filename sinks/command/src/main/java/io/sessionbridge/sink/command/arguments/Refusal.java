package io.sessionbridge.sink.command.arguments;

/** Why a command that an event could change is refused, to follow the name of its key. */
final class Refusal {

  private static final String INSTEAD =
      "let it read its standard input or the SESSIONBRIDGE_* variables";

  private Refusal() {}

  static String anywhere(String program) {
    return "must not pass fields to " + program + ", which could run their content; " + INSTEAD;
  }

  static String inScript() {
    return "must not pass a field within or before a script, which would run its content; pass it"
        + " after the script as a separate argument, or "
        + INSTEAD;
  }

  static String asOption(String program) {
    return "must have -- before a field after the text of a script: "
        + program
        + " would read a value that begins with - as an option";
  }

  static String notUnderstood(String program, String word) {
    return "must not pass fields to "
        + program
        + " with "
        + word
        + ": it is unknown which of them it would run; "
        + INSTEAD;
  }

  static String asInput(String program) {
    return "must not let "
        + program
        + " read commands from its standard input, which is the event; name a script";
  }
}
