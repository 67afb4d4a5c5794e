package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of one field in canonical JSON, of which nothing else is decoded.
 *
 * <p>What is searched for is {@code ,"name":"}, which stands nowhere else: within a text each
 * quotation mark has a backslash in front and not a comma, and no white space is between tokens.
 * The first field of all has no comma in front; it is the kind, which is no text field.
 */
final class CanonicalText {

  /** What stands in front of a field's text, by the field's ordinal. */
  private static final List<String> FRONTS =
      Field.all().stream().map(field -> ",\"" + field.name() + "\":\"").toList();

  private CanonicalText() {}

  /**
   * The text; empty, which no text is, if the field is absent; null if it has to be decoded because
   * there are escapes in it.
   */
  static @Nullable String find(byte[] json, Field<String> field) {
    String front = FRONTS.get(field.ordinal());
    // A char for each byte, because Java searches in a string many bytes at a time.
    String bytes = new String(json, ISO_8859_1);
    int before = bytes.indexOf(front);
    if (before < 0) {
      return "";
    }
    int start = before + front.length();
    int end = bytes.indexOf('"', start);
    int backslash = bytes.indexOf('\\', start);
    if (end < 0 || backslash >= 0 && backslash < end) {
      return null;
    }
    return new String(json, start, end - start, UTF_8);
  }
}
