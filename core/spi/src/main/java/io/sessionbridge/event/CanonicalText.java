package io.sessionbridge.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of one field in canonical JSON without decoding the rest.
 *
 * <p>Searches for {@code ,"name":"}, which occurs nowhere else: inside a string every quotation
 * mark is preceded by a backslash, and there is no white space between tokens. The first field has
 * no comma before it, but that is the kind, which is not a text field.
 */
final class CanonicalText {

  /** The bytes before a field's text, by the field's ordinal. */
  private static final List<byte[]> PREFIXES =
      Field.all().stream()
          .map(field -> (",\"" + field.name() + "\":\"").getBytes(US_ASCII))
          .toList();

  /** Fields from this one on are usually nearer to the end of the JSON than to its beginning. */
  private static final int NEAR_END = Field.USER_NAME.ordinal();

  private CanonicalText() {}

  /**
   * Returns the text; an empty string, which is never a field's value, if the field is absent; null
   * if the text contains escapes and has to be decoded.
   */
  static @Nullable String find(byte[] json, Field<String> field) {
    byte[] prefix = PREFIXES.get(field.ordinal());
    int at = field.ordinal() < NEAR_END ? firstIndex(json, prefix) : lastIndex(json, prefix);
    if (at < 0) {
      return "";
    }
    int start = at + prefix.length;
    for (int i = start; i < json.length && json[i] != '\\'; i++) {
      if (json[i] == '"') {
        return new String(json, start, i - start, UTF_8);
      }
    }
    return null;
  }

  private static int firstIndex(byte[] json, byte[] front) {
    int last = json.length - front.length;
    for (int i = 0; i <= last; i++) {
      if (json[i] == ',' && isAt(json, i, front)) {
        return i;
      }
    }
    return -1;
  }

  private static int lastIndex(byte[] json, byte[] front) {
    for (int i = json.length - front.length; i >= 0; i--) {
      if (json[i] == ',' && isAt(json, i, front)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] json, int at, byte[] front) {
    for (int i = 1; i < front.length; i++) {
      if (json[at + i] != front[i]) {
        return false;
      }
    }
    return true;
  }
}
