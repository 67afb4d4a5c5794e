package io.sessionbridge.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of messages. A secret gets into the configuration by mistake: under an unknown
 * key, in place of a file name, or inside an address. So the name of the key and the form of the
 * value decide, never what a valid configuration would contain.
 */
public final class SecretText {
  private static final Set<String> WORDS =
      Set.of("password", "passwd", "passphrase", "secret", "token", "credential", "key");

  /** Skips the id of an entry, which may be any word. */
  private static final Pattern ENTRY = Pattern.compile("(?:sinks|sources)\\.[^.]+\\.(.+)");

  /** A value that begins with user and password; the last {@code @} ends them. */
  private static final Pattern LOGIN =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)?+[^@]*?:.*@(.*)", Pattern.DOTALL);

  /** The same inside a text, where white space ends it. */
  private static final Pattern LOGIN_INSIDE =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)?+[^\\s:@/\"]+:[^\\s]*@");

  /** A key that includes its value: {@code password:x} and {@code password=x}. */
  private static final Pattern NAME_WITH_VALUE =
      Pattern.compile("([A-Za-z0-9_.-]*\\s*[:=]).+", Pattern.DOTALL);

  /** A setting inside a value: {@code ... password=x}, {@code wss://host/?token=x}. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(.*?(?:password|passwd|passphrase|secret|token|credential)s?\\s*[:=]).+",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private SecretText() {}

  /**
   * Whether no message may repeat the value of a key.
   *
   * @param path its name, or its dotted path
   */
  public static boolean isUnder(String path) {
    Matcher entry = ENTRY.matcher(path);
    String name = (entry.matches() ? entry.group(1) : path).toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(name::contains);
  }

  /** Masks the login before a host, and what follows a word such as password. */
  public static String maskedValue(String value) {
    Matcher setting = SETTING.matcher(value);
    if (setting.matches()) {
      return setting.group(1) + "***";
    }
    Matcher login = LOGIN.matcher(value);
    if (!login.matches()) {
      return value;
    }
    return (login.group(1) == null ? "" : login.group(1)) + "***@" + login.group(2);
  }

  /** Masks values inside a message. */
  static String masked(String text) {
    return LOGIN_INSIDE.matcher(text).replaceAll("$1***@");
  }

  /** Masks a value that is part of a key's name. */
  static String maskedName(String name) {
    Matcher matcher = NAME_WITH_VALUE.matcher(name);
    return matcher.matches() ? matcher.group(1) + "***" : name;
  }
}
