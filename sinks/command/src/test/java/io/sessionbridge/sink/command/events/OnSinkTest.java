package io.sessionbridge.sink.command.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.process.Account;
import io.sessionbridge.sink.command.TestingCommands;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class OnSinkTest {

  @TempDir Path folder;
  private TestingCommands commands;
  private final List<OnSink> made = new ArrayList<>();

  @BeforeEach
  void begin() {
    commands = new TestingCommands(folder);
  }

  @AfterEach
  void end() {
    made.forEach(OnSink::close);
  }

  private OnSink connected(String yaml) throws Exception {
    OnSink sink = commands.on(yaml);
    made.add(sink);
    sink.connect();
    return sink;
  }

  private Path out() {
    return folder.resolve("out");
  }

  private String written() throws IOException {
    return Files.exists(out()) ? Files.readString(out()) : "";
  }

  /** A script, followed by its arguments. */
  private String script(String script, String... arguments) {
    StringBuilder run = new StringBuilder("run: [/bin/sh, -c, '").append(script).append("', sh");
    for (String argument : arguments) {
      run.append(", '").append(argument).append("'");
    }
    return run.append("]\n").toString();
  }

  /** The same text in an argument, a variable and the input. */
  @Test
  void noNameGetsOutOfItsArgument() throws Exception {
    String[] names = {
      "& calc", "%PATH%", "\"", "a\nb", "'; touch x; '", "$(touch x)", "`touch x`", "--help", "\\"
    };
    OnSink sink =
        connected(
            "on: [logon]\n"
                + script(
                    "printf \"<%s><%s><%s>\" \"$#\" \"$1\" \"$SESSIONBRIDGE_USER_NAME\" >>"
                        + out()
                        + "; cat >> "
                        + out(),
                    "${user_name}",
                    "${client_name}"));
    for (String name : names) {
      Files.deleteIfExists(out());
      EventData.Builder data = TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, name);
      EncodedEvent event = commands.event(data);
      assertThat(sink.deliver(List.of(event)).rejected()).isEmpty();
      String kept = event.event().data().find(Field.USER_NAME).orElseThrow();
      String body = new String(event.body(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(written()).isEqualTo("<2><" + kept + "><" + kept + ">" + body);
    }
    try (var files = Files.list(Path.of("."))) {
      assertThat(files.map(Path::toString)).doesNotContain("./x");
    }
    assertThat(commands.count("command_started_total")).isEqualTo(names.length);
    assertThat(commands.count("command_failed_total")).isZero();
  }

  @Test
  void buriesWhatFailsWithItsCodeAndTheEndOfItsOutput() throws Exception {
    OnSink sink =
        connected(
            "on: [logon]\n"
                + script("head -c 9000 /dev/zero | tr \"\\\\0\" x; echo the end >&2; exit 3"));
    DeliveryResult result = sink.deliver(List.of(commands.logon(), commands.logon()));
    assertThat(result.settled()).isEqualTo(2);
    assertThat(result.rejected()).hasSize(2);
    assertThat(result.rejected().get(0).reason()).isEqualTo("/bin/sh ended with exit code 3");
    assertThat(result.rejected().get(0).detail()).hasSizeBetween(4000, 4096).endsWith("the end");
    assertThat(commands.count("command_failed_total")).isEqualTo(2);
  }

  @Test
  void runsNothingForOldOrForeignEventsAndOtherKinds() throws Exception {
    OnSink sink = connected("on: [logon]\nmax_age: 60s\n" + script("echo x >>" + out()));
    EncodedEvent old =
        commands.event(TestingEvents.data(Kind.LOGON), Instant.now().minusSeconds(100));
    EncodedEvent foreign =
        commands.event(TestingEvents.data(Kind.LOGON).put(Field.HOST_ID, "another"));
    EncodedEvent other = commands.event(TestingEvents.data(Kind.LOCK));
    DeliveryResult result = sink.deliver(List.of(old, foreign, other));
    assertThat(result).isEqualTo(DeliveryResult.delivered(3));
    assertThat(written()).isEmpty();
    assertThat(commands.count("command_skipped_total")).isEqualTo(1);
  }

  @Test
  void choosesByComputerUserAndGroup() throws Exception {
    String group = Account.groupName(Account.groups(System.getProperty("user.name")).get(0));
    OnSink sink =
        connected(
            "on: [logon]\nwhere: {computers: ['WS-*'], users: ['WS-TEST\\*'], groups: ["
                + group
                + "]}\n"
                + script("echo $1 >>" + out(), "${user_name}"));
    String self = System.getProperty("user.name");
    EventData.Builder mine =
        TestingEvents.data(Kind.LOGON)
            .put(Field.USER_NAME, self)
            .put(Field.USER_DOMAIN, "WS-TEST"); // a user of this machine alone
    sink.deliver(
        List.of(
            commands.event(mine),
            commands.event(TestingEvents.data(Kind.LOGON).put(Field.USER_DOMAIN, "WS-TEST")),
            commands.event(mine.build().toBuilder().put(Field.USER_DOMAIN, "OTHER")),
            commands.event(mine.build().toBuilder().put(Field.HOST_NAME, "LAB-1"))));
    assertThat(written()).isEqualTo(self + "\n");
  }

  @Test
  void triesAgain() throws Exception {
    OnSink sink =
        connected(
            "on: [logon]\nretries: 2\nretry_delay: 100ms\n"
                + script("echo x >>" + out() + "; [ $(wc -l <" + out() + ") -ge 3 ]"));
    assertThat(sink.deliver(List.of(commands.logon())).rejected()).isEmpty();
    assertThat(written()).isEqualTo("x\nx\nx\n");
    assertThat(commands.count("command_failed_total")).isEqualTo(2);
  }

  @Test
  void killsTheWholeTreeAfterItsTime() throws Exception {
    OnSink sink =
        connected(
            "on: [logon]\ntimeout: 500ms\n"
                + script("setsid sh -c \"echo \\$\\$ >" + out() + "; sleep 600\" & wait"));
    DeliveryResult result = sink.deliver(List.of(commands.logon()));
    assertThat(result.rejected().get(0).reason())
        .isEqualTo("/bin/sh was killed after its timeout of 500 ms");
    long pid = Long.parseLong(written().strip());
    TestingCommands.await(
        "the end of the child",
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** Two sessions at the same time, each of them in its order. */
  @Test
  void keepsTheOrderOfASession() throws Exception {
    OnSink sink =
        connected(
            "on: [logon, logoff]\nconcurrency: 4\n"
                + script("echo \"$1 $2\" >>" + out(), "${session_id}", "${sequence}"));
    List<EncodedEvent> batch = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      batch.add(
          commands.event(TestingEvents.data(Kind.LOGON).put(Field.SESSION_ID, (long) (i % 3))));
    }
    assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(24));
    for (int session = 0; session < 3; session++) {
      String beginning = session + " ";
      List<String> lines = written().lines().filter(line -> line.startsWith(beginning)).toList();
      assertThat(lines).hasSize(8).isSorted();
    }
  }

  @Test
  void skipsAUserWhoHasLoggedOff() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
    OnSink sink = connected("on: [logon]\nrun_as: session_user\n" + script("id -un >" + out()));
    commands.show(Long.MAX_VALUE);
    assertThat(sink.deliver(List.of(commands.logon()))).isEqualTo(DeliveryResult.delivered(1));
    assertThat(written()).isEmpty();
    assertThat(commands.count("command_skipped_total")).isEqualTo(1);
  }

  @Test
  void runsAsTheUserOfTheSessionWithThatUsersVariables() throws Exception {
    org.junit.jupiter.api.Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
    Path shared = Files.createTempDirectory(Path.of("/tmp"), "command-test");
    Files.setPosixFilePermissions(
        shared, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    Path file = shared.resolve("out");
    OnSink sink =
        connected(
            "on: [logon]\nrun_as: session_user\nworking_directory: /\n"
                + script("echo $(id -un) $(id -Gn) $HOME $USER >" + file));
    EncodedEvent event =
        commands.event(
            TestingEvents.data(Kind.LOGON)
                .put(Field.USER_NAME, "nobody")
                .put(Field.USER_DOMAIN, "ws-test"));
    assertThat(sink.deliver(List.of(event)).rejected()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo("nobody nogroup /nonexistent nobody\n");
    EncodedEvent root =
        commands.event(
            TestingEvents.data(Kind.LOGON)
                .put(Field.USER_NAME, "root")
                .put(Field.USER_DOMAIN, "ws-test"));
    assertThat(sink.deliver(List.of(root)).rejected().get(0).reason())
        .endsWith("run_as: session_user does not run commands as root");
  }
}
