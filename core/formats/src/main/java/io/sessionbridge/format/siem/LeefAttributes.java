package io.sessionbridge.format.siem;

import io.sessionbridge.text.UntrustedText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the attributes of a LEEF message: {@code key=value} pairs separated by tabs. */
final class LeefAttributes {

  private static final int LONGEST = 1_023;

  private final StringBuilder to;
  private final Set<String> later = new HashSet<>();
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

  /** Writes a field of this version under its own name, in camel case. */
  void putCustom(String field, Object value) {
    put(Names.camel(field), value.toString());
  }

  /**
   * Writes a field that this version does not know. The key begins with the product, because an
   * imported field may be called {@code usr_name}; nothing if the name has no letter and no digit,
   * or its key was already written.
   */
  void putLater(String field, Object value) {
    String name = Names.pascal(field);
    if (!name.isEmpty() && later.add(name)) {
      put("sessionBridge" + name, value.toString());
    }
  }

  /**
   * LEEF has no escapes. A tab inside a value would start another attribute, and some parsers take
   * any vertical bar for a header separator: both become a space, like every other control
   * character.
   */
  static String clean(String value) {
    return UntrustedText.line(value, LONGEST).replace('|', ' ');
  }
}
