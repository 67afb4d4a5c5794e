package io.sessionbridge.config.type;

/** Adds the indefinite article to the name of a type. */
final class Article {
  private Article() {}

  /** {@code a duration}, {@code an integer}, {@code text}. */
  static String with(String word) {
    if (word.equals("text")) {
      return word;
    }
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }
}
