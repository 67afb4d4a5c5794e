package io.sessionbridge.e2e;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What the second processes of tests do: answer each line of standard input with a line. */
final class CommandLoop {

  private CommandLoop() {}

  /**
   * Returns at the end of the input.
   *
   * @param answer of the words of a line
   */
  static void run(Function<String[], String> answer) throws IOException {
    BufferedReader commands =
        // System.in asks how much is available, which Wine does not tell of a pipe.
        new BufferedReader(
            new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
    System.out.println("ready");
    String line;
    while ((line = commands.readLine()) != null) {
      System.out.println(answer.apply(line.strip().split(" ", 3)));
    }
  }
}
