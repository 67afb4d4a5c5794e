package io.sessionbridge.cli.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;

/**
 * The program whose classes Java records: the agent, after the classes that it loads only once its
 * sinks are connected. Where the class cache is made there is no receiver, and those classes are a
 * quarter of all.
 */
final class TrainingRun {

  /** Their names, one per line. {@code ConnectedClassesIT} writes the list. */
  private static final String LIST = "connected-classes.txt";

  /** Initializing these classes also records their lambdas. */
  private static final String INITIALIZED = "org.apache.kafka.";

  private TrainingRun() {}

  public static void main(String[] args) throws IOException {
    load(connectedClasses());
    Main.main(args);
  }

  static List<String> connectedClasses() throws IOException {
    try (InputStream list = TrainingRun.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IOException("the resource " + LIST + " is missing");
      }
      return new BufferedReader(new InputStreamReader(list, UTF_8)).lines().toList();
    }
  }

  /**
   * Loads classes. Returns the names of those that could not be loaded: the list was written on one
   * system with one version of Java, and others have other classes.
   */
  static List<String> load(List<String> names) {
    return names.stream().filter(name -> !isLoaded(name)).toList();
  }

  private static boolean isLoaded(String name) {
    try {
      Class.forName(name, name.startsWith(INITIALIZED), TrainingRun.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
