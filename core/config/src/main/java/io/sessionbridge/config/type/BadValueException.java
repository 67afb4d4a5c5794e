package io.sessionbridge.config.type;

/**
 * Thrown if a text violates the rule of its key. The message is the rule: {@code must be true or
 * false}.
 */
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String question;

  public BadValueException(String rule) {
    this(rule, "");
  }

  /**
   * A violated rule with a suggestion.
   *
   * @param question follows the value: {@code , did you mean logoff?}, or empty
   */
  BadValueException(String rule, String question) {
    super(rule);
    this.question = question;
  }

  /** The violated rule. */
  String rule() {
    return String.valueOf(getMessage());
  }

  String question() {
    return question;
  }
}
