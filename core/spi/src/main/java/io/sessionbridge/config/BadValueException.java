package io.sessionbridge.config;

/** A text is not what its key asks for. The message is the rule: {@code must be true or false}. */
final class BadValueException extends Exception {
  BadValueException(String rule) {
    super(rule);
  }

  /** The rule that was broken. */
  String rule() {
    return String.valueOf(getMessage());
  }
}
