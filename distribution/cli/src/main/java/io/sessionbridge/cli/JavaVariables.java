package io.sessionbridge.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The variables from which each Java of a machine takes options. Java reports these options as if
 * they were typed.
 */
public final class JavaVariables {

  /** Their names. */
  public static final List<String> NAMES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  /** A word of such a variable; quotation marks keep blanks, as in Java. */
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

  private JavaVariables() {}

  /**
   * Removes the options of a variable, once each, so that an option that was also typed stays.
   *
   * @param value of the variable
   * @param options of a Java, as it reports them
   */
  public static void remove(String value, List<String> options) {
    WORD.matcher(value)
        .results()
        .map(word -> word.group().replace("\"", "").replace("'", ""))
        .forEach(options::remove);
  }
}
