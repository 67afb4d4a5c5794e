package io.sessionbridge.sink.kafka;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of a broker for the names of topics. */
final class Topic {

  private static final int LONGEST = 249;
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

  private Topic() {}

  /** What is wrong with a name; empty if nothing is. */
  static Optional<String> problem(String name) {
    if (name.length() > LONGEST) {
      return Optional.of("must have at most " + LONGEST + " characters, had " + name.length());
    }
    if (name.equals(".") || name.equals("..")) {
      return Optional.of("must not be " + name);
    }
    return LEGAL.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("must contain only a-z, A-Z, 0-9, '.', '_' and '-', was " + name);
  }
}
