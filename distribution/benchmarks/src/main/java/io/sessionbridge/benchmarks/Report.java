package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints the figures on standard output. */
final class Report {

  private static final PrintStream OUT = System.out;
  private static final Path LOAD = Path.of("/proc/loadavg");

  private Report() {}

  /** The machine and the settings that the figures depend on. */
  static void machine(Path folder, String pinning) throws IOException {
    say(
        "machine: %d cores, %s %s %s, Java %s, folder on %s",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        System.getProperty("java.vm.version"),
        Files.getFileStore(folder).type());
    say("flags: %s", String.join(" ", Bundle.shippedFlags()));
    say("pinning: %s", pinning);
    if (Files.isReadable(LOAD)) {
      say("load before: %s", Files.readString(LOAD).strip());
    }
  }

  static void say(String format, Object... values) {
    OUT.println(String.format(Locale.ROOT, format, values));
    OUT.flush();
  }

  static void title(String text) {
    say("%n%s", text);
  }

  static void figure(String name, String unit, Samples samples) {
    say("  %-12s %s %s", name, samples.text("%,.0f"), unit);
  }

  /** Two figures of the same work, and what the first is in relation to the second. */
  static void beside(
      String name, String bareName, String unit, Samples samples, Samples bareSamples) {
    figure(name, unit, samples);
    figure(bareName, unit, bareSamples);
    ratio("ratio", samples.dividedBy(bareSamples));
  }

  static void ratio(String name, Samples ratios) {
    say("  %-12s %s", name, ratios.text("%.2f"));
  }
}
