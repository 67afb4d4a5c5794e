package io.sessionbridge.format.siem;

import io.sessionbridge.text.UntrustedText;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the attributes of a LEEF message: {@code key=value} with a tab between. */
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
   * imported line may call it {@code usr_name}; nothing if the name has no letter and no digit, or
   * its key is written already.
   */
  void putLater(String field, Object value) {
    String name = Names.pascal(field);
    if (!name.isEmpty() && later.add(name)) {
      put("sessionBridge" + name, value.toString());
    }
  }

  /**
   * LEEF has no escapes. A tab within a value would begin another attribute, and some parsers take
   * a bar for one of the header: both become a space, as each other control character does.
   */
  static String clean(String value) {
    return UntrustedText.line(value, LONGEST).replace('|', ' ');
  }
}
