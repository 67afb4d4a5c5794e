package io.sessionbridge.config;

/** Text as it is written in the configuration. */
final class Texts {
  private Texts() {}

  static String notEmpty(String text, Place place) throws BadValueException {
    if (text.isBlank()) {
      throw new BadValueException("must not be empty");
    }
    return text;
  }
}
