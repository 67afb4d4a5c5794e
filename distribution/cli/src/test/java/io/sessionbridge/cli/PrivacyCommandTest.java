package io.sessionbridge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingSecrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output of the privacy commands with and without protection. */
class PrivacyCommandTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;
  private Path key;

  @BeforeEach
  void configure() throws Exception {
    key = TestingSecrets.write(folder.resolve("privacy.key"), KEY);
    Files.writeString(
        folder.resolve("sessionbridge.yaml"),
        """
        data_dir: '%1$s/data'
        sources:
          in: {type: replay, path: '%1$s/in.jsonl'}
        sinks:
          desk: {type: file, path: '%1$s/out.jsonl', rotate_every: 1d, keep: 7}
          lake: {type: kafka, bootstrap_servers: ["k1:9092"], topic: events, privacy: {users: none}}
          siem:
            type: syslog
            transport: relp
            server: "siem.example:6514"
            privacy:
              {users: pseudonym, clients: none, hosts: pseudonym, pseudonym_key_file: '%2$s'}
          show: {type: mqtt, server: "ssl://broker"}
          run: {type: command, on: [logon], run: [/opt/apply]}
        """
            .formatted(folder, key));
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private String execute(int code, String... words) {
    out.reset();
    err.reset();
    assertThat(Main.execute(words)).as(err.toString(UTF_8)).isEqualTo(code);
    return out.toString(UTF_8);
  }

  private String config() {
    return folder.resolve("sessionbridge.yaml").toString();
  }

  @Test
  void findPrintsWhatANameIsCalledAtEachSinkWithAKey() {
    String found = execute(ExitCode.DONE, "privacy", "find", "--config", config(), "CONTOSO\\Kim");
    assertThat(found.lines()).first().isEqualTo("sink siem, key_id 74c49657");
    assertThat(found)
        .containsPattern("u-dd7e967ce6f58313ad73c530\\s+user\\s+kim")
        .containsPattern("d-[0-9a-f]{24}\\s+domain\\s+contoso");
    assertThat(found.lines()).hasSize(3);
  }

  @Test
  void findTellsEachTypeThatANameCanBe() {
    assertThat(execute(ExitCode.DONE, "privacy", "find", "--config", config(), "HOST7"))
        .contains("h-dc0094d8ddb2e907c3ef98ef")
        .contains(" client ")
        .contains(" user ");
    assertThat(execute(ExitCode.DONE, "privacy", "find", "--config", config(), "kim@contoso.com"))
        .containsPattern("p-[0-9a-f]{24}\\s+upn\\s+kim@contoso.com");
    assertThat(execute(ExitCode.DONE, "privacy", "find", "--config", config(), "s-1-5-21-1-1001"))
        .containsPattern("s-[0-9a-f]{24}\\s+sid\\s+S-1-5-21-1-1001");
    assertThat(execute(ExitCode.DONE, "privacy", "find", "--config", config(), "FE80::1%3"))
        .containsPattern("a-[0-9a-f]{24}\\s+address\\s+fe80::1");
    assertThat(execute(ExitCode.DONE, "privacy", "find", "--config", config(), "Host7.contoso.com"))
        .containsPattern("h-[0-9a-f]{24}\\s+host\\s+host7.contoso.com")
        .contains("h-dc0094d8ddb2e907c3ef98ef");
  }

  @Test
  void findTakesAnEarlierKey() throws Exception {
    Path old = TestingSecrets.write(folder.resolve("old.key"), KEY + "!");
    String found = execute(ExitCode.DONE, "privacy", "find", "--key-file", old.toString(), "kim");
    assertThat(found).startsWith(old + ", key_id ").doesNotContain("u-dd7e967ce6f58313ad73c530");
    TestingSecrets.write(old, "short");
    execute(ExitCode.FAILED, "privacy", "find", "--key-file", old.toString(), "kim");
    assertThat(err.toString(UTF_8)).contains("must have at least 32 bytes, had 5");
  }

  @Test
  void reportIsInPlainSentences() {
    String report =
        execute(ExitCode.DONE, "privacy", "report", "--config", config()).replaceAll("\\s+", " ");
    assertThat(report)
        .contains("Sink desk (file) - It sends events to the file " + folder + "/out.jsonl.")
        .contains("The newest files stay, at most 7; older ones are deleted.")
        .contains("A new file begins after 1d.")
        .contains("Users are sent in plain text: user_name, user_domain,")
        .contains("Sink lake (kafka) - It sends events to the topic events of the Kafka cluster")
        .contains("Users are sent not at all: user_name,")
        .contains("Sink siem (syslog) - It sends events to the syslog receiver siem.example:6514")
        .contains("Users are sent as pseudonyms: user_name,")
        .contains("Clients are sent not at all: client_name, client_address.")
        .contains("The pseudonyms have the key_id 74c49657.")
        .contains("The connection is not encrypted")
        .contains("Sink show (mqtt) - It sends events to the MQTT broker ssl://broker:8883")
        .contains("The connection is encrypted.")
        .contains("keeps events for at most 90d and in at most 1GiB")
        .contains("Anyone with access to desk, show, run can identify the users in lake, siem.")
        .contains("Anyone with access to desk, lake, show, run can identify the clients in siem.")
        .contains("Anyone with access to desk, lake, show, run can identify the hosts in siem.")
        .contains("Sink run (command) - It sends events to the program /opt/apply on this machine.")
        .doesNotContain(KEY);
  }

  @Test
  void reportSaysThatAPlainHostTellsTheDomainOfAUser() throws Exception {
    String warning = "are in plain text beside the pseudonym of user_domain";
    assertThat(execute(ExitCode.DONE, "privacy", "report", "--markdown", "--config", config()))
        .doesNotContain(warning.replace("_", "\\_"));
    Path file = folder.resolve("sessionbridge.yaml");
    Files.writeString(file, Files.readString(file).replace("hosts: pseudonym", "hosts: plain"));
    assertThat(execute(ExitCode.DONE, "privacy", "report", "--config", config()))
        .asString()
        .satisfies(
            report ->
                assertThat(report.replaceAll("\\s+", " "))
                    .contains("In sink siem host_domain and host_name " + warning + "."));
  }

  @Test
  void reportIsMarkdownForDocuments() {
    String report = execute(ExitCode.DONE, "privacy", "report", "--markdown", "--config", config());
    assertThat(report.lines())
        .startsWith("# Personal data in SessionBridge", "", "## What the agent records", "")
        .contains("## Sink siem (syslog)")
        .contains("* Clients are sent not at all: client\\_name, client\\_address.");
  }

  @Test
  void findNeedsAKey() throws Exception {
    Path plain = folder.resolve("plain.yaml");
    Files.writeString(
        plain,
        """
        data_dir: d
        sources: {in: {type: replay, path: in}}
        sinks: {out: {type: file, path: o}}
        """);
    execute(ExitCode.FAILED, "privacy", "find", "--config", plain.toString(), "kim");
    assertThat(err.toString(UTF_8)).contains("no sink has pseudonyms");
  }

  @Test
  void aCommandDecidesByNoNameThatItDoesNotGet() throws Exception {
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(
        wrong,
        """
        data_dir: d
        sources: {in: {type: replay, path: in}}
        sinks:
          apply:
            type: command
            on: [logon]
            run: [/opt/apply]
            where: {users: ['CONTOSO\\*']}
            privacy: {users: none}
        """);
    execute(ExitCode.CONFIGURATION, "validate", "--config", wrong.toString());
    assertThat(err.toString(UTF_8))
        .contains(
            "wrong.yaml:9: sinks.apply.privacy must not hide what this entry decides by: where.users"
                + " needs the names of users");
  }

  @Test
  void usersToIgnoreAreWrittenWithABackslash() throws Exception {
    Path wrong = folder.resolve("wrong.yaml");
    Files.writeString(
        wrong,
        """
        data_dir: d
        sessions: {ignore_users: [CONTOSO/kiosk]}
        sources: {in: {type: replay, path: in}}
        sinks: {out: {type: file, path: o}}
        """);
    execute(ExitCode.CONFIGURATION, "validate", "--config", wrong.toString());
    assertThat(err.toString(UTF_8))
        .contains(
            "wrong.yaml:2: sessions.ignore_users must be DOMAIN\\user, a UPN, a SID or a name, was"
                + " CONTOSO/kiosk, did you mean CONTOSO\\kiosk?");
  }
}
