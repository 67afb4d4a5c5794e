package io.sessionbridge.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The standard input of a program that shall not outlive its parent. When it is closed, which also
 * happens when the parent is killed, the program ends at once and without a farewell. Until then,
 * each line is an order.
 */
final class Lifeline {

  private Lifeline() {}

  /** Reads in a thread of its own, which also carries out the orders. */
  static void hold(InputStream input, Consumer<String> orders) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    Thread watch =
        new Thread(
            () -> {
              follow(lines, orders);
              Runtime.getRuntime().halt(0);
            },
            "lifeline");
    watch.setDaemon(true);
    watch.start();
  }

  private static void follow(BufferedReader lines, Consumer<String> orders) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        orders.accept(line);
      }
    } catch (IOException e) {
      // A broken pipe is as good as a closed one.
    }
  }
}
