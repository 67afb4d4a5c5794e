package io.sessionbridge.benchmarks;

import io.sessionbridge.benchmarks.RsyslogProcess.Input;
import io.sessionbridge.benchmarks.RsyslogProcess.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The agent beside a bare loop, transport after transport: a file into rsyslogd, and a backlog out
 * of the journal. Each runs in a JVM of its own with the shipped flags, on one core; rsyslogd has
 * the other.
 */
public final class SyslogBenchmark {

  private final Path folder;
  private final Pinning pinning;
  private final int events;
  private final int warmUp;
  private final int repetitions;
  private final List<SyslogTransport> transports;
  private final String message;
  private final String flags;

  /** One transport, and where agent and bare loop send to. */
  private record Lane(SyslogTransport transport, Input agent, Input bare) {}

  /** How many events agent and bare loop sent. */
  private record Sent(Lane lane, int byAgent, int byBare) {}

  private SyslogBenchmark(Options options, Path folder) throws InterruptedException {
    this.folder = folder;
    this.pinning = Pinning.find(options);
    this.events = options.number("events", 200_000);
    this.warmUp = options.number("warm-up", 400_000);
    this.repetitions = options.number("repetitions", 5);
    this.transports =
        Stream.of(options.text("transports", "relp,tcp,tls,udp").split(",", -1))
            .map(SyslogTransport::named)
            .toList();
    this.message = options.text("message", "json");
    this.flags = options.text("flags", "");
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    String rsyslogd = ServerProcess.find("rsyslogd", "syslog");
    Path folder = Folders.make(options, "syslog");
    try {
      SyslogBenchmark benchmark = new SyslogBenchmark(options, folder);
      options.done();
      Report.machine(folder, benchmark.pinning.toString());
      benchmark.run(rsyslogd);
    } finally {
      Folders.delete(folder);
    }
  }

  private void run(String program) throws Exception {
    try (RsyslogProcess rsyslog = new RsyslogProcess(program, folder.resolve("rsyslog"))) {
      Input recorded = rsyslog.input("recorded", SyslogTransport.RELP, Line.RAW);
      List<Lane> lanes = new ArrayList<>();
      for (SyslogTransport transport : transports) {
        lanes.add(
            new Lane(
                transport,
                rsyslog.input("agent-" + transport.word(), transport, Line.ID),
                rsyslog.input("bare-" + transport.word(), transport, Line.ID)));
      }
      rsyslog.start(pinning);
      record(rsyslog, recorded);
      List<Sent> sent = new ArrayList<>();
      for (Lane lane : lanes) {
        sent.add(measure(rsyslog, lane, recorded.file()));
      }
      rsyslog.finish();
      Report.title("count of what rsyslogd wrote");
      for (Sent one : sent) {
        print(one);
      }
    }
  }

  private ReplayAgent agent(RsyslogProcess rsyslog, Input input, String name) throws IOException {
    JavaCommand program = JavaCommand.withShippedFlags(flags, AgentProgram.class);
    return new ReplayAgent(
        folder.resolve(name),
        pinning.client(program.words()),
        Target.syslog(input, rsyslog.certificate(), message),
        "fsync");
  }

  /** What the agent sends, for the bare loop to send the same. */
  private void record(RsyslogProcess rsyslog, Input input) throws IOException {
    try (ReplayAgent agent = agent(rsyslog, input, "recorded")) {
      agent.carry(SyslogLoop.MESSAGES);
    }
  }

  private Child bare(RsyslogProcess rsyslog, Input input, Path recorded) throws IOException {
    JavaCommand command =
        JavaCommand.withShippedFlags(
            flags,
            SyslogLoop.class,
            input.transport().word(),
            Integer.toString(input.port()),
            recorded.toString(),
            rsyslog.certificate().toString());
    String log = "bare-" + input.transport().word() + ".log";
    return new Child(pinning.client(command.words()), folder.resolve(log));
  }

  private Sent measure(RsyslogProcess rsyslog, Lane lane, Path recorded) throws IOException {
    String name = lane.transport().word();
    try (ReplayAgent agent = agent(rsyslog, lane.agent(), name);
        Child bare = bare(rsyslog, lane.bare(), recorded)) {
      agent.carry(warmUp);
      Rounds.send(bare, warmUp);
      Rounds rounds = new Rounds(agent, bare, events, repetitions);
      rounds.replay(name + ", replay file to last " + lane.transport().end());
      rounds.drain(name + ", drain of a backlog");
      return new Sent(lane, agent.sent(), warmUp + 2 * repetitions * events);
    }
  }

  private static void print(Sent sent) throws IOException {
    String name = sent.lane().transport().word();
    Report.say("  %s: %s", name, SyslogAudit.of(sent.lane().agent().file()).text(sent.byAgent()));
    long written = SyslogAudit.count(sent.lane().bare().file());
    Report.say("  %s, bare loop: sent %d, found %d", name, sent.byBare(), written);
  }
}
