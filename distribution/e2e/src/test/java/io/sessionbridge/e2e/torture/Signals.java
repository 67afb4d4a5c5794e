package io.sessionbridge.e2e.torture;

import java.io.IOException;

/** Sends signals that Java has no method for. */
final class Signals {

  private Signals() {}

  static void send(long pid, String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -" + name + " " + pid + " exits with " + exit);
    }
  }
}
