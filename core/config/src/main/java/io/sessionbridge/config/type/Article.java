package io.sessionbridge.config.type;

/** The article of a type's word in a message. */
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
