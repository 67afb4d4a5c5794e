package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Resources of an idle agent, and the peak of a busy one: of the shipped bundle with a replay
 * source that waits, a file sink and a Kafka sink whose broker is there or away; of the bundle with
 * a Kafka, an MQTT and a syslog sink; or of any process whose id is given, for instance an agent
 * under Wine.
 */
public final class FootprintBenchmark {

  private static final double TICKS_PER_SECOND = 100;

  /** A busy agent takes a hundred a second, an idle one less than one. */
  private static final int QUIET_TICKS = 15;

  private final int settle;
  private final int watch;
  private final int load;
  private final String broker;
  private final boolean all;
  private final long pid;

  private FootprintBenchmark(Options options) {
    this.settle = options.number("settle", 60);
    this.watch = options.number("watch", 300);
    this.load = options.number("load", 200_000);
    this.broker = options.text("broker", "up");
    this.all = options.text("sinks", "kafka").equals("all");
    this.pid = options.number("pid", 0);
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "footprint");
    try {
      FootprintBenchmark benchmark = new FootprintBenchmark(options);
      Pinning pinning = Pinning.find(options);
      options.done();
      if (benchmark.pid > 0) {
        Report.machine(folder, "none by this program");
        benchmark.idle(benchmark.pid, "process " + benchmark.pid);
        return;
      }
      Report.machine(folder, pinning.ofReceivers());
      benchmark.bundle(folder, pinning);
    } finally {
      Folders.delete(folder);
    }
  }

  private void bundle(Path folder, Pinning pinning) throws Exception {
    AgentFiles files = new AgentFiles(folder.resolve("agent"));
    try (Receivers receivers = new Receivers(folder, pinning)) {
      if (all) {
        receivers.mqtt(ServerProcess.find("mosquitto", "footprint --sinks all"));
        receivers.syslog(ServerProcess.find("rsyslogd", "footprint --sinks all"));
      } else {
        receivers.add(files.file());
      }
      receivers.kafka(broker.equals("up"));
      Path config = files.config("fsync", receivers.sinks());
      try (AgentProcess agent = AgentProcess.shipped(config)) {
        agent.awaitReady();
        idle(agent.pid(), "the bundle, broker " + broker + (all ? ", all sinks" : ""));
        busy(agent.pid(), files);
      }
    }
  }

  private void idle(long process, String what) throws Exception {
    pause(settle);
    ProcessFigures before = ProcessFigures.of(process);
    pause(watch);
    ProcessFigures after = ProcessFigures.of(process);
    double cpuSeconds = (after.cpuTicks() - before.cpuTicks()) / TICKS_PER_SECOND;
    Report.title("idle: " + what);
    Report.say("  resident after %d s   %d kB", settle, before.residentKb());
    Report.say("  resident after %d s   %d kB", settle + watch, after.residentKb());
    Report.say("  proportional         %d kB", after.proportionalKb());
    Report.say("  private dirty        %d kB", after.privateDirtyKb());
    Report.say("  peak so far          %d kB", after.peakKb());
    Report.say("  threads              %d", after.threads());
    Report.say(
        "  CPU in %d s          %.2f s, %.3f %%",
        watch, cpuSeconds, 100 * cpuSeconds / Math.max(1, watch));
    Report.say("  wake-ups in %d s     %d", watch, after.wakeUps() - before.wakeUps());
    Report.say(
        "  written in %d s      %d bytes", watch, after.writtenBytes() - before.writtenBytes());
  }

  private void busy(long process, AgentFiles files) throws Exception {
    Path next = files.prepare(0, load);
    Files.move(next, files.input(), StandardCopyOption.ATOMIC_MOVE);
    if (!all) {
      awaitLines(files.output(), load);
    }
    awaitQuiet(process);
    ProcessFigures after = ProcessFigures.of(process);
    Report.title("busy: " + load + " events replayed as fast as possible");
    Report.say("  peak                 %d kB", after.peakKb());
    Report.say("  resident at the end  %d kB", after.residentKb());
  }

  /** The file holds the agent's own events too, so this may return a line or two early. */
  private static void awaitLines(Path output, int lines) throws Exception {
    while (count(output) < lines) {
      pause(1);
    }
  }

  /** A sink that is slower than the file sink, or than another, has its peak later. */
  private static void awaitQuiet(long process) throws Exception {
    long before;
    long now = ProcessFigures.of(process).cpuTicks();
    do {
      pause(3);
      before = now;
      now = ProcessFigures.of(process).cpuTicks();
    } while (now - before > QUIET_TICKS);
  }

  private static long count(Path output) throws IOException {
    try (var lines = Files.lines(output)) {
      return lines.count();
    }
  }

  private static void pause(int seconds) throws InterruptedException {
    new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
  }
}
