package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Ties processes to one core each with {@code taskset}, where that is possible. */
final class Pinning {

  private static final int CLIENT_CORE = 0;
  private static final int BROKER_CORE = 1;

  private final String why;
  private final boolean possible;

  private Pinning(String why, boolean possible) {
    this.why = why;
    this.possible = possible;
  }

  /** Checks whether that is possible; {@code --pin no} switches it off. */
  static Pinning find(Options options) throws InterruptedException {
    if (options.text("pin", "yes").equals("no")) {
      return new Pinning("none, by --pin no", false);
    }
    return canTaskset()
        ? new Pinning(
            "agent and bare loop on core " + CLIENT_CORE + ", broker on core " + BROKER_CORE, true)
        : new Pinning("none, no taskset or a single core", false);
  }

  private static boolean canTaskset() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(onCore(BROKER_CORE, List.of("true")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  /** The command of a process that is measured. */
  List<String> client(List<String> command) {
    return possible ? onCore(CLIENT_CORE, command) : command;
  }

  /** The command of a process that the measured ones connect to. */
  List<String> broker(List<String> command) {
    return possible ? onCore(BROKER_CORE, command) : command;
  }

  private static List<String> onCore(int core, List<String> command) {
    List<String> all = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
    all.addAll(command);
    return all;
  }

  /** For the report of a program that ties only receivers. */
  String ofReceivers() {
    return possible ? "receivers on core " + BROKER_CORE : why;
  }

  /** For the report. */
  @Override
  public String toString() {
    return why;
  }
}
