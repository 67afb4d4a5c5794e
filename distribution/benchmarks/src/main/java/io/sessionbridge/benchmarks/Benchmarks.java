package io.sessionbridge.benchmarks;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Starts the benchmark that the first argument names.
 *
 * <p>A benchmark that measures code in its own process runs in a JVM of its own with the flags that
 * the bundle ships; the others start the processes that they measure themselves.
 */
public final class Benchmarks {

  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  /** A program, with what a user has to know to choose it. */
  private record Entry(Class<?> main, boolean withShippedFlags, String meaning) {}

  private static final Map<String, Entry> ALL = all();

  private Benchmarks() {}

  private static Map<String, Entry> all() {
    Map<String, Entry> all = new LinkedHashMap<>();
    all.put(
        "journal",
        new Entry(JournalBenchmark.class, true, "appends beside a bare loop, read-back, start-up"));
    all.put(
        "sessions",
        new Entry(SessionsBenchmark.class, true, "a report to the tracker, and hosts in memory"));
    all.put(
        "kafka",
        new Entry(
            KafkaBenchmark.class, false, "a file into Kafka, a drain, the first event after"));
    all.put(
        "cold",
        new Entry(
            ColdBenchmark.class,
            false,
            "speed and memory of an agent that has just started, by Java's flags"));
    all.put("mqtt", new Entry(MqttBenchmark.class, false, "a file into Mosquitto, and a drain"));
    all.put("syslog", new Entry(SyslogBenchmark.class, false, "a file into rsyslogd, and a drain"));
    all.put(
        "dead-sink",
        new Entry(DeadSinkBenchmark.class, false, "a file sink alone and beside a dead one"));
    all.put(
        "start",
        new Entry(StartBenchmark.class, true, "from the command to ready and to the first event"));
    all.put(
        "latency",
        new Entry(LatencyBenchmark.class, false, "from a line to Kafka, MQTT and RELP receivers"));
    all.put(
        "footprint",
        new Entry(FootprintBenchmark.class, false, "memory, CPU, wake-ups, disk writes when idle"));
    all.put(
        "flags", new Entry(FlagsBenchmark.class, false, "memory, start and speed by Java's flags"));
    return all;
  }

  public static void main(String[] args) throws Exception {
    Entry entry = args.length == 0 ? null : ALL.get(args[0]);
    if (entry == null) {
      System.err.println("benchmarks NAME [--KEY VALUE ...], where NAME is one of");
      ALL.forEach((name, one) -> System.err.printf("  %-10s %s%n", name, one.meaning()));
      System.exit(WRONG_USE);
      return;
    }
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    if (entry.withShippedFlags()) {
      System.exit(JavaCommand.withShippedFlags(entry.main(), rest).run());
    }
    try {
      entry.main().getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      report(e.getTargetException());
      System.exit(FAILED);
    }
  }

  private static void report(Throwable failure) {
    if (failure instanceof MissingProgramException) {
      System.err.println(failure.getMessage());
      return;
    }
    failure.printStackTrace();
  }
}
