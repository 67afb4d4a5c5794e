package io.sessionbridge.config.type;

import io.sessionbridge.config.Place;

/** Text as written in the configuration. */
public final class Texts {
  private Texts() {}

  public static String notEmpty(String text, Place place) throws BadValueException {
    if (text.isBlank()) {
      throw new BadValueException("must not be empty");
    }
    return text;
  }
}
