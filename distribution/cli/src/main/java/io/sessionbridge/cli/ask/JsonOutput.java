package io.sessionbridge.cli.ask;

import io.sessionbridge.control.JsonLine;
import io.sessionbridge.text.UntrustedText;
import java.util.Arrays;

/** Answers of an agent as lines of JSON. */
final class JsonOutput {

  private JsonOutput() {}

  static void print(JsonLine answer) {
    byte[] line = line(answer);
    System.out.write(line, 0, line.length);
    System.out.flush();
  }

  /** In UTF-8 with its end, and without what steers a terminal. */
  static byte[] line(JsonLine answer) {
    byte[] safe = UntrustedText.escaped(answer.bytes());
    byte[] line = Arrays.copyOf(safe, safe.length + 1);
    line[safe.length] = '\n';
    return line;
  }
}
