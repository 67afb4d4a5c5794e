package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.exception.NotFoundException;
import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * A receiver in a container, which writes a line for each message to {@link #OUTPUT}. Only the
 * program of the image is used, not its entry point or its configuration.
 */
final class TestingContainer extends GenericContainer<TestingContainer> {

  static final int PORT = 5514;
  static final String OUTPUT = "/tmp/out.log";

  private static final String CONFIGURATION = "/tmp/receiver.conf";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestingContainer(String image, String program, String arguments, String configuration) {
    super(image);
    withCreateContainerCmdModifier(command -> command.withEntrypoint(program));
    withCommand(arguments);
    withCopyToContainer(Transferable.of(configuration), CONFIGURATION);
    withExposedPorts(PORT);
  }

  /** Uses the image that the environment names, or the project's image with RELP. */
  static TestingContainer rsyslog(String configuration) {
    return new TestingContainer(
        image("SESSIONBRIDGE_RSYSLOG_IMAGE", "rsyslog/rsyslog-collector:latest"),
        "/usr/sbin/rsyslogd",
        "-n -i /tmp/receiver.pid -f " + CONFIGURATION,
        configuration);
  }

  /** Uses the image that the environment names, or the project's image. */
  static TestingContainer syslogNg(String configuration) {
    return new TestingContainer(
        image("SESSIONBRIDGE_SYSLOG_NG_IMAGE", "balabit/syslog-ng:latest"),
        "/usr/sbin/syslog-ng",
        "-F --no-caps -p /tmp/receiver.pid -c /tmp/receiver.ctl -R /tmp/receiver.persist -f "
            + CONFIGURATION,
        configuration);
  }

  private static String image(String variable, String otherwise) {
    return System.getenv().getOrDefault(variable, otherwise);
  }

  /** For the configuration of a sink. */
  String server() {
    return getHost() + ":" + getMappedPort(PORT);
  }

  private List<String> lines() {
    try {
      String text = copyFileFromContainer(OUTPUT, in -> new String(in.readAllBytes(), UTF_8));
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (NotFoundException e) {
      return List.of(); // nothing has arrived yet
    }
  }

  /** All lines, once there are this many. */
  List<String> awaitLines(int atLeast) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> lines = lines();
    while (lines.size() < atLeast) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("after 30 s: " + lines.size() + " lines; it says " + getLogs());
      }
      boolean unused = Clock.system().signal().await(Duration.ofMillis(100));
      lines = lines();
    }
    return lines;
  }
}
