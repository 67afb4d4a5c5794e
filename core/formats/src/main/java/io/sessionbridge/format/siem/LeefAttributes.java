package io.sessionbridge.format.siem;

import io.sessionbridge.text.UntrustedText;
import org.jspecify.annotations.Nullable;

/** Writes the attributes of a LEEF message: {@code key=value} with a tab between. */
final class LeefAttributes {

  private static final int LONGEST = 1_023;

  private final StringBuilder to;
  private boolean first = true;

  LeefAttributes(StringBuilder to) {
    this.to = to;
  }

  /** Writes a text; nothing if it is null. */
  void put(String key, @Nullable String value) {
    if (value == null) {
      return;
    }
    to.append(first ? "" : "\t").append(key).append('=').append(clean(value));
    first = false;
  }

  /** Writes a field under its own name, in camel case. */
  void putCustom(String field, Object value) {
    put(Names.camel(field), value.toString());
  }

  /**
   * LEEF has no escapes. A tab within a value would begin another attribute, and some parsers take
   * a bar for one of the header: both become a space, as each other control character does.
   */
  static String clean(String value) {
    return UntrustedText.line(value, LONGEST).replace('|', ' ');
  }
}
