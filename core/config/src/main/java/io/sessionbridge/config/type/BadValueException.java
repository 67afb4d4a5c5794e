package io.sessionbridge.config.type;

/** A text is not what its key asks for. The message is the rule: {@code must be true or false}. */
public final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String question;

  public BadValueException(String rule) {
    this(rule, "");
  }

  /**
   * A broken rule with an idea of what was meant.
   *
   * @param question stands behind the value: {@code , did you mean logoff?}, or nothing
   */
  BadValueException(String rule, String question) {
    super(rule);
    this.question = question;
  }

  /** The rule that was broken. */
  String rule() {
    return String.valueOf(getMessage());
  }

  String question() {
    return question;
  }
}
