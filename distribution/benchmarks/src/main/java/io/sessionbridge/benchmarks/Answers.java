package io.sessionbridge.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link Child}: answers every line until there are no more. */
final class Answers {

  /** What a process can do. */
  interface Ability {
    /** Answers one question, which came as words. */
    String answer(String[] words) throws Exception;
  }

  private Answers() {}

  /** Returns when standard input ends. */
  static void giveAll(Ability ability) throws IOException {
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    out.println("ready");
    out.flush();
    String line = in.readLine();
    while (line != null) {
      out.println(answer(ability, line));
      out.flush();
      line = in.readLine();
    }
  }

  private static String answer(Ability ability, String line) {
    try {
      return ability.answer(line.split("\t", -1));
    } catch (Exception e) {
      e.printStackTrace();
      return "failed: " + e;
    }
  }
}
