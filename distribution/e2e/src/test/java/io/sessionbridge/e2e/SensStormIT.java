package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many calls of SENS at once. */
final class SensStormIT extends SensFixture {

  private static final Pattern NUMBER = Pattern.compile("\"user_name\":\"u(\\d+)\"");
  private static final String FULL = "the journal is full";

  /** Three storms of 6,000 events, through each path, by several threads at once. */
  @Test
  void aStormArrivesWholeAndLeavesNothingBehind() throws Exception {
    config("", FILE);
    int count = 6000;
    try (WindowsProgram agent = runSubscribed()) {
      String before = windows.ask("list");
      assertThat(before).startsWith("OK alive 3 ").contains("sink 2] [1 ").endsWith("sink 2]");
      storm("vtable", count, 1);
      awaitEvents(count);
      int threads = agent.threads();
      storm("vtable", count, 4);
      awaitEvents(2 * count);
      storm("invoke", count, 4);
      awaitEvents(3 * count);
      storm("marshal", count / 10, 1);
      awaitEvents(3 * count + count / 10);
      assertThat(windows.ask("list")).isEqualTo(before);
      Await.until(() -> agent.threads() <= threads + 4);
      stop(agent);
    }
    List<Integer> numbers = numbers();
    assertThat(numbers).hasSize(3 * count + count / 10);
    assertThat(numbers.subList(0, count)).isEqualTo(upTo(count));
    assertThat(new HashSet<>(numbers.subList(count, 2 * count))).hasSize(count);
    assertThat(new HashSet<>(numbers.subList(2 * count, 3 * count))).hasSize(count);
    assertThat(numbers.subList(3 * count, numbers.size())).isEqualTo(upTo(count / 10));
    assertThat(Files.readString(folder.resolve("out.jsonl"))).doesNotContain("\"gap\"");
    assertThat(windows.log())
        .contains("released, 1 left")
        .contains("event system released, 0 objects alive");
  }

  /**
   * Of what was called. A comparison at the start of a slow agent may come in the middle of it, and
   * concludes that a session of the storm does not exist.
   */
  private List<Integer> numbers() throws IOException {
    return written().stream()
        .filter(line -> !line.contains("\"inferred\":true"))
        .map(NUMBER::matcher)
        .filter(Matcher::find)
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void stopsInTheMiddleOfAStorm() throws Exception {
    config("", FILE);
    try (WindowsProgram agent = runSubscribed()) {
      windows.ask("async storm 1000000 4");
      awaitEvents(2000);
      stop(agent);
    }
    assertThat(windows.log()).contains("event system released, 0 objects alive");
    assertThat(Lines.ids(folder.resolve("out.jsonl"))).doesNotHaveDuplicates();
  }

  /** Prints how long Windows waits for the agent while the agent waits for the disk. */
  @Test
  void answersWhileTheJournalIsBlocked() throws Exception {
    config(
        "",
        "  lake:",
        "    type: kafka",
        "    bootstrap_servers: [\"127.0.0.1:" + freePort() + "\"]",
        "    topic: t",
        "journal: {max_bytes: 16MiB, when_full: block}");
    try (WindowsProgram agent = runSubscribed()) {
      assertThat(windows.ask("storm 6000 1 5000")).startsWith("OK delivered 6000 failed 0 ");
      agent.awaitErr(FULL);
      storm("auto", 6000, 1);
      storm("invoke", 6000, 1);
      agent.interrupt();
      agent.awaitEnd();
      assertThat(agent.err()).contains("may not be durable").contains(STOPPED);
    }
    assertThat(windows.log()).contains("event system released, 0 objects alive");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
