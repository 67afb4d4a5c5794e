package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One rsyslogd with inputs that each have rules and a file of their own. Nothing waits in a queue:
 * what it acknowledges is on its way into the file. One thread.
 */
final class RsyslogProcess implements AutoCloseable {

  private static final int LOOK_MILLIS = 1500;

  /** What a line of a file says of a message. */
  enum Line {
    /** Whole, and there at once. */
    RAW("%rawmsg%", ""),
    /** Which event it is; there at the end, because writing each would be what is measured. */
    ID("%procid% %msgid%", " flushOnTXEnd=\"off\" ioBufferSize=\"64k\"");

    private final String template;
    private final String settings;

    Line(String template, String settings) {
      this.template = template;
      this.settings = settings;
    }
  }

  /** An input for messages. */
  record Input(SyslogTransport transport, int port, Path file) {}

  private final String program;
  private final Path folder;
  private final Certificate certificate;
  private final List<String> rules = new ArrayList<>();
  private final List<Input> inputs = new ArrayList<>();
  private @Nullable ServerProcess process;

  RsyslogProcess(String program, Path folder) throws IOException, InterruptedException {
    this.program = program;
    this.folder = Files.createDirectory(folder);
    this.certificate = Certificate.make(folder);
  }

  /** Adds an input; before the start. */
  Input input(String name, SyslogTransport transport, Line line) throws IOException {
    Input input = new Input(transport, BrokerProcess.freePort(), folder.resolve(name + ".log"));
    inputs.add(input);
    rules.add(
        String.format(
            "ruleset(name=\"%s\") { action(type=\"omfile\" file=\"%s\" template=\"%s\"%s) }",
            name, input.file(), line, line.settings));
    rules.add(transport.input(input.port(), name));
    return input;
  }

  /** The certificate that TLS clients trust. */
  Path certificate() {
    return certificate.certificate();
  }

  /** Returns once it listens. */
  void start(Pinning pinning) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("global(workDirectory=\"" + folder + "\" maxMessageSize=\"8k\"");
    lines.add("  defaultNetstreamDriverCAFile=\"" + certificate.certificate() + "\"");
    lines.add("  defaultNetstreamDriverCertFile=\"" + certificate.certificate() + "\"");
    lines.add("  defaultNetstreamDriverKeyFile=\"" + certificate.key() + "\")");
    lines.add("main_queue(queue.type=\"Direct\")");
    for (String module : List.of("imudp", "imtcp", "imrelp")) {
      lines.add("module(load=\"" + module + "\")");
    }
    for (Line line : Line.values()) {
      lines.add(
          String.format(
              "template(name=\"%s\" type=\"string\" string=\"%s\\n\")", line, line.template));
    }
    lines.addAll(rules);
    Path config = Files.write(folder.resolve("rsyslog.conf"), lines);
    String pid = folder.resolve("pid").toString();
    process =
        new ServerProcess(
            pinning.broker(List.of(program, "-n", "-f", config.toString(), "-i", pid)),
            folder.resolve("rsyslogd.log"),
            inputs.stream().filter(input -> input.transport.isStream()).map(Input::port).toList());
  }

  /** Waits until it has read what is still on its way, and ends it. */
  void finish() throws IOException, InterruptedException {
    long before = -1;
    long now = written();
    while (now != before) {
      new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      before = now;
      now = written();
    }
    close();
  }

  private long written() throws IOException {
    long sum = 0;
    for (Input input : inputs) {
      sum += Files.exists(input.file()) ? Files.size(input.file()) : 0;
    }
    return sum;
  }

  @Override
  public void close() {
    ServerProcess running = process;
    process = null;
    if (running != null) {
      running.close();
    }
  }
}
