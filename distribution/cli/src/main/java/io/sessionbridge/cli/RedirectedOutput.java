package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Properties;

/**
 * Standard output and error that are not a console of Windows. From Java 19 on they use the code
 * page of Windows, which lacks most letters; Java 17 uses UTF-8, as the start script says.
 */
final class RedirectedOutput {

  private RedirectedOutput() {}

  /** Call before the first output. A console keeps the code page that it shows. */
  static void useUtf8() {
    if (usesCodePage("stdout.encoding", System.getProperties())) {
      System.setOut(new PrintStream(System.out, true, UTF_8));
    }
    if (usesCodePage("stderr.encoding", System.getProperties())) {
      System.setErr(new PrintStream(System.err, true, UTF_8));
    }
  }

  /**
   * Whether Java has chosen the encoding of a redirected stream. Then it copies the native encoding
   * ({@code jdk.internal.util.SystemProps}). The encoding of a console begins with a small letter,
   * also for the same code page: {@code cp1252}, not {@code Cp1252} ({@code java_props_md.c}).
   */
  static boolean usesCodePage(String stream, Properties properties) {
    String encoding = properties.getProperty(stream);
    return properties.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")
        && encoding != null
        && encoding.equals(properties.getProperty("native.encoding"));
  }
}
