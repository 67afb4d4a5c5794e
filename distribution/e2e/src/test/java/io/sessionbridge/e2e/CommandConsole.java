package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Base64;

/**
 * Runs commands of the bundle one after the other in one process, as a line of standard input says,
 * and answers each with what it printed. Starting Java for each takes a Windows under Wine many
 * seconds.
 *
 * <p>Both lines are in Base64: words with a line end between them, and the text.
 */
final class CommandConsole {

  private CommandConsole() {}

  public static void main(String[] args) throws IOException {
    CommandLoop.run(words -> encoded(output(decoded(words[0]).split("\n"))));
  }

  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  static String decoded(String line) {
    return new String(Base64.getDecoder().decode(line), UTF_8);
  }

  private static String output(String[] command) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      execute(command);
    } catch (ReflectiveOperationException e) {
      return "no command was run: " + e;
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString(UTF_8);
  }

  /** What the main method calls before it ends the process. */
  private static void execute(String[] command) throws ReflectiveOperationException {
    Method execute =
        Class.forName("io.sessionbridge.cli.Main").getDeclaredMethod("execute", String[].class);
    execute.setAccessible(true);
    execute.invoke(null, (Object) command);
  }
}
