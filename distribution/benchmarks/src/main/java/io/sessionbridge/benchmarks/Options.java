package io.sessionbridge.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The command line of a benchmark: {@code --KEY VALUE ...}. */
final class Options {

  private final Map<String, String> given = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException if it is not pairs of a key and a value
   */
  Options(String... args) {
    if (args.length % 2 != 0) {
      throw new IllegalArgumentException(
          "expected --KEY VALUE ..., found " + String.join(" ", args));
    }
    for (int i = 0; i < args.length; i += 2) {
      if (!args[i].startsWith("--")) {
        throw new IllegalArgumentException("expected --KEY, found " + args[i]);
      }
      given.put(args[i].substring(2), args[i + 1]);
    }
  }

  String text(String key, String orElse) {
    known.add(key);
    return given.getOrDefault(key, orElse);
  }

  int number(String key, int orElse) {
    return Integer.parseInt(text(key, Integer.toString(orElse)));
  }

  double decimal(String key, double orElse) {
    return Double.parseDouble(text(key, Double.toString(orElse)));
  }

  /** Where a benchmark may write: on the disk to measure. */
  Path folder() {
    return Path.of(text("folder", System.getProperty("java.io.tmpdir"))).toAbsolutePath();
  }

  /**
   * Checks that every given key is known.
   *
   * @throws IllegalArgumentException if a given key is unknown
   */
  void done() {
    Set<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--" + unknown.iterator().next() + " is unknown, known are --" + join(known));
    }
  }

  private static String join(Set<String> keys) {
    return String.join(" --", keys);
  }
}
