package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;

/**
 * An agent in a process of its own, so that it can be killed. Its user comes and goes as the lines
 * of its input say; each is answered with the time at which it was sent.
 */
final class CommandAgent {

  private CommandAgent() {}

  /**
   * Runs until its input ends.
   *
   * @param arguments the folder, and one line of YAML for the sinks
   */
  public static void main(String[] arguments) throws Exception {
    try (IdleAgent agent = new IdleAgent(Path.of(arguments[0]), arguments[1])) {
      agent.start();
      System.out.println("started");
      BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Instant now = Instant.now();
        if (line.equals("comes")) {
          agent.userComes();
        } else {
          agent.userGoes();
        }
        System.out.println(now);
      }
    }
  }
}
