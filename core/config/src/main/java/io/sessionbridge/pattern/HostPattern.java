package io.sessionbridge.pattern;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A case-insensitive pattern for host names, where {@code *} stands for any text: a short name
 * ({@code HOST7}), which matches in every domain, or a fully qualified one ({@code
 * host7.contoso.com}). Immutable.
 */
public final class HostPattern {

  /** Characters that are not in a host name: white space, and those of a URL or an IPv6 address. */
  private static final Pattern NO_NAME = Pattern.compile("[\\s/:\\\\]");

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private final String text;
  private final TextPattern pattern;
  private final boolean isShort;

  private HostPattern(String text) {
    this.text = text;
    this.pattern = new TextPattern(text);
    this.isShort = text.indexOf('.') < 0;
  }

  public static HostPattern of(String text) {
    return new HostPattern(text);
  }

  /** What is wrong with a pattern, as text that follows the key; empty if nothing is. */
  public static Optional<String> problem(String text) {
    return NO_NAME.matcher(text).find() || IPV4.matcher(text).matches()
        ? Optional.of("must be a host name, short or fully qualified, was " + text)
        : Optional.empty();
  }

  /** Whether it matches a host with this name or fully qualified name. */
  public boolean matches(@Nullable String name, @Nullable String qualified) {
    return isIn(name) || isIn(qualified);
  }

  private boolean isIn(@Nullable String value) {
    if (value == null) {
      return false;
    }
    int dot = isShort ? value.indexOf('.') : -1;
    return pattern.matches(value) || dot > 0 && pattern.matches(value, dot);
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return text;
  }
}
