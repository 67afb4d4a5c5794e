package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel driver as a release has it, in Wine's kernel, and the bundle that reads it. What Wine
 * lacks of the I/O manager is {@link DriverShim}.
 */
@Timeout(300)
class KernelIT {

  private static final Pattern EVENT =
      Pattern.compile("\"kind\":\"(\\w+)\".*\"session_id\":(\\d+),\"raw_code\":(\\d+)");
  private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");
  private static final Pattern LOST = Pattern.compile("\"lost_count\":(\\d+)");
  private static final String KERNEL = "  kernel: {type: kernel}";
  private static final String RUNS = "runs: ";
  private static final String COMPARES = "source kernel compares the existing sessions";

  /** One for all tests: a Java takes Wine many seconds. */
  private static DriverShim driver;

  private static Wine wine;

  @TempDir static Path driverFolder;
  @TempDir Path folder;

  @BeforeAll
  static void installDriver() throws Exception {
    wine = Wine.emulatedOrSkip();
    driver = DriverShim.install(wine, driverFolder);
  }

  @AfterEach
  void stopDriver() throws IOException {
    driver.stop();
  }

  private static String command(Poster console, String... words) throws IOException {
    String all = "driver\n" + String.join("\n", words);
    return CommandConsole.decoded(console.ask(CommandConsole.encoded(all)));
  }

  @AfterAll
  static void removeDriver() throws IOException {
    if (driver != null) {
      driver.close();
      driver = null;
    }
  }

  private void config(String... sources) throws IOException {
    List<String> lines = new ArrayList<>(List.of("data_dir: data", "sources:"));
    lines.addAll(List.of(sources));
    lines.addAll(List.of("sinks:", "  out: {type: file, path: out.jsonl}"));
    Files.write(folder.resolve("c.yaml"), lines);
  }

  private WindowsProgram run(String... sources) throws Exception {
    config(sources);
    return wine.start(folder, "run", "--config", "c.yaml").awaitErr(RUNS);
  }

  /** Each once: an agent that was killed may write an event again, with its id. */
  private List<String> lines() throws IOException {
    Path file = folder.resolve("out.jsonl");
    return Files.exists(file) ? Files.readAllLines(file).stream().distinct().toList() : List.of();
  }

  /** For instance {@code logon 5 of 3}, in order. */
  private List<String> sessions() throws IOException {
    return lines().stream()
        .flatMap(line -> EVENT.matcher(line).results())
        .map(event -> event.group(1) + " " + event.group(3) + " of " + event.group(2))
        .toList();
  }

  /** For instance {@code driver_full 50}. */
  private List<String> gaps() throws IOException {
    return lines().stream()
        .filter(line -> line.contains("\"kind\":\"gap\""))
        .map(line -> first(REASON, line) + " " + first(LOST, line))
        .toList();
  }

  private static String first(Pattern pattern, String line) {
    return pattern.matcher(line).results().map(found -> found.group(1)).findFirst().orElse("none");
  }

  private void awaitSessions(int count) throws Exception {
    Await.until(() -> sessions().size() >= count);
  }

  @Test
  void goesOnAfterTheAgentWasKilled() throws Exception {
    driver.start();
    assertThat(driver.statistics()).isEqualTo("0 0 0 0 true 00000000");
    assertThat(driver.notify("1 0 50 0 0 0")).as("no event has number 0").isZero();
    try (WindowsProgram agent = run(KERNEL).awaitErr(COMPARES)) {
      assertThat(
              driver.notify(
                  "1 1 51 1 0 0", // created
                  "1 3 51 3 1 1", // connected at the console
                  "1 5 51 6 1 1", // logon
                  "1 4 51 5 0 0", // disconnected; the kernel does not say from where
                  "1 3 51 3 0 1", // connected remotely
                  "1 4 51 5 1 0", // disconnected
                  "1 3 51 3 0 0", // connected remotely, without a payload
                  "1 6 51 7 0 0", // logoff
                  "1 2 51 8 0 0")) // terminated
          .isEqualTo(9);
      awaitSessions(9);
      assertThat(sessions())
          .containsExactly(
              "session_create 1 of 51",
              "console_connect 3 of 51",
              "logon 5 of 51",
              "console_disconnect 4 of 51",
              "remote_connect 3 of 51",
              "remote_disconnect 4 of 51",
              "remote_connect 3 of 51",
              "logoff 6 of 51",
              "session_terminate 2 of 51");
      assertThat(driver.statistics()).isEqualTo("9 0 0 1 true 00000000");
      agent.kill();
    }
    driver.notify("2 1 60 1 0 0");
    assertThat(driver.statistics()).as("the reads of the killed agent").startsWith("11 0 2 0 ");
    try (WindowsProgram agent = run(KERNEL)) {
      awaitSessions(11);
      assertThat(sessions().subList(9, 11))
          .containsExactly("session_create 1 of 60", "session_create 1 of 61");
      agent.kill();
    }
    driver.notify("1074 1 1000 1 0 0"); // 50 more than the driver keeps
    try (WindowsProgram agent = run(KERNEL)) {
      awaitSessions(11 + 1024);
      assertThat(sessions().subList(11, 11 + 1024))
          .isEqualTo(
              IntStream.range(1050, 2074).mapToObj(id -> "session_create 1 of " + id).toList());
      assertThat(gaps()).containsExactly("driver_full 50");
      agent.interrupt();
      agent.awaitEnd();
    }
  }

  @Test
  void livesWithADriverThatComesAndGoes() throws Exception {
    try (WindowsProgram agent = run(KERNEL, "  windows: {type: wts}")) {
      agent.awaitErr("the driver is stopped; use sc start SessionBridgeDriver");
      driver.refuse("C000009A");
      driver.start();
      assertThat(driver.statistics()).isEqualTo("0 0 0 0 false C000009A");
      agent.awaitErr(
          "Windows refused to register the driver for session changes (status 0xC000009A)");
      driver.stop();
      driver.accept();
      driver.start();
      agent.awaitErr(COMPARES);
      try (Poster poster = wine.poster(folder)) {
        assertThat(driver.notify("1 5 71 6 1 1")).isEqualTo(1);
        poster.post(5, 71); // the same logon
        poster.post(7, 71);
      }
      awaitSessions(2);
      assertThat(sessions()).containsExactly("logon 5 of 71", "lock 7 of 71");
      driver.stop(); // with the agent's handle open, for which Windows would wait
      assertThat(driver.notify("1 6 71 7 1 0")).as("calls after the unload").isZero();
      agent.awaitErr("the driver was stopped");
      driver.start();
      assertThat(driver.notify("1 6 71 7 1 0")).isEqualTo(1);
      awaitSessions(3);
      assertThat(sessions().get(2)).isEqualTo("logoff 6 of 71");
      agent.interrupt();
      agent.awaitEnd();
    }
    String[] handles = driver.handles(1000).split(" ");
    assertThat(handles).hasSize(2);
    assertThat(handles[1]).as("handles after 1,000 readers").isEqualTo(handles[0]);
  }

  /** In a service, because only one is told of session changes by the service manager. */
  @Test
  void whatThreeSourcesReportIsOneEvent() throws Exception {
    ServiceHook hook = ServiceHook.orSkip(folder.resolve("hook"));
    driver.start();
    config(KERNEL, "  windows: {type: wts}", "  service: {type: scm}");
    try (TestService service = TestService.install(wine, folder, "c.yaml")) {
      service.addJavaOption(hook.javaOption());
      service.start();
      Await.until(hook::findsWindow);
      Await.until(() -> driver.statistics().equals("0 0 0 1 true 00000000")); // it is read

      assertThat(driver.notify("1 5 71 6 1 1")).isEqualTo(1);
      report(hook, ServiceHook.session(5, 71));
      report(hook, ServiceHook.message(5, 71));
      report(hook, ServiceHook.message(7, 71));
      report(hook, ServiceHook.session(7, 71));
      Await.until(() -> sessions().contains("lock 7 of 71"));
      report(hook, ServiceHook.session(6, 71));
      assertThat(driver.notify("1 6 71 7 1 0")).isEqualTo(1);
      report(hook, ServiceHook.message(6, 71));
      assertThat(driver.notify("1 1 72 1 0 0")).isEqualTo(1); // the last of each source
      report(hook, ServiceHook.session(5, 73));
      report(hook, ServiceHook.message(5, 74));
      awaitSessions(6);
    }
    assertThat(sessions())
        .contains("session_create 1 of 72", "logon 5 of 73", "logon 5 of 74")
        .filteredOn(event -> event.endsWith("of 71"))
        .containsExactly("logon 5 of 71", "lock 7 of 71", "logoff 6 of 71");
  }

  private static void report(ServiceHook hook, String line) throws Exception {
    assertThat(hook.call(line)).singleElement().asString().startsWith("0 ");
  }

  @Test
  void isShownAndRemovedByCommands() throws Exception {
    driver.start();
    driver.notify("3 1 90 1 0 0");
    try (Poster console = wine.console(folder, List.of())) {
      assertThat(command(console, "status"))
          .contains(
              "the driver receives session events; records 3, lost 0, unread 3; no program reads it");
      assertThat(command(console, "install", Wine.windowsPath(driver.file())))
          .contains("On this machine test signing is off")
          .contains("the driver needs Windows 10 1903 (build 18362) or later, this is build 7601");
      assertThat(command(console, "uninstall"))
          .contains("service SessionBridgeDriver is stopped", "SessionBridgeDriver is removed");
      assertThat(command(console, "status")).contains("the driver is not installed");
    }
    driver.create(); // for the next test
    driver.start();
  }
}
