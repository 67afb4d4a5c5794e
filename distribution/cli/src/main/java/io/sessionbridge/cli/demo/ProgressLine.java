package io.sessionbridge.cli.demo;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * A progress line: rewritten in place on a terminal, printed occasionally in a log file. One
 * thread.
 */
final class ProgressLine {

  private static final int LINES_EVERY = 8;

  private final PrintStream out;
  private final boolean terminal;
  private @Nullable String shown;
  private int calls;

  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(String text) {
    if (terminal) {
      out.print("\r\u001b[K" + text);
      out.flush();
      shown = text;
    } else if (++calls % LINES_EVERY == 0) {
      print(text);
    }
  }

  /** Shows a text that must also appear in a log file. */
  void settle(String text) {
    if (terminal) {
      show(text);
    } else {
      print(text);
    }
  }

  private void print(String text) {
    if (!text.equals(shown)) {
      out.println(text);
      shown = text;
    }
  }

  /** Keeps the current text and prints the next one on a new line. */
  void say(String text) {
    if (terminal && shown != null) {
      out.println();
    }
    shown = null;
    calls = 0;
    out.println(text);
  }
}
