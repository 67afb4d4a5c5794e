package io.sessionbridge.cli.ask;

import io.sessionbridge.control.JsonLine;
import io.sessionbridge.text.UntrustedText;
import java.util.Arrays;

/** Prints an agent's answers as lines of JSON. */
final class JsonOutput {

  private JsonOutput() {}

  static void print(JsonLine answer) {
    byte[] line = line(answer);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  /** In UTF-8 with a line terminator, and with terminal control characters escaped. */
  static byte[] line(JsonLine answer) {
    byte[] safe = UntrustedText.escaped(answer.bytes());
    byte[] line = Arrays.copyOf(safe, safe.length + 1);
    line[safe.length] = '\n';
    return line;
  }
}
