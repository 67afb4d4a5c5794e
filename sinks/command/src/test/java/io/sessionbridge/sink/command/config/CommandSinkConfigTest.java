package io.sessionbridge.sink.command.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.command.CommandSinkFactory;
import io.sessionbridge.spi.SinkEnvironment;
import io.sessionbridge.testkit.TestingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandSinkConfigTest {

  private static CommandSinkConfig read(String yaml) {
    return TestingConfig.read(CommandSinkConfig.SPEC, yaml);
  }

  private static String problems(String yaml) {
    return TestingConfig.problems(CommandSinkConfig.SPEC, yaml);
  }

  @Test
  void readsWhatFollowsTheState() {
    WhileRule rule =
        read("while: idle\nrun: ['C:\\render\\worker.exe', --farm, q1]\npriority: idle\ngrace: 5s")
            .whileRule()
            .orElseThrow();
    assertThat(rule.condition()).isEqualTo(WhileCondition.IDLE);
    assertThat(rule.onReturn()).isEqualTo(OnReturn.STOP);
    assertThat(rule.restart()).isEqualTo(Restart.NEVER);
    assertThat(rule.grace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rule.program().priority()).isEqualTo(Priority.IDLE);
    assertThat(rule.program().command()).hasToString("[C:\\render\\worker.exe, --farm, q1]");
  }

  @Test
  void readsWhatFollowsTheEvents() {
    OnRule rule =
        read("""
        on: [logon, unlock]
        run: [/opt/apply, '${user_name}', 'a=${session_id}/${user_sid}']
        where: {computers: ['LAB-*'], users: ['CONTOSO\\*'], groups: ['CONTOSO\\Students']}
        """)
            .onRule()
            .orElseThrow();
    assertThat(rule.kinds()).containsExactlyInAnyOrder(Kind.LOGON, Kind.UNLOCK);
    assertThat(rule.maxAge()).isEqualTo(Duration.ofSeconds(60));
    assertThat(rule.timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(rule.replayed()).isFalse();
    assertThat(rule.program().allowWritable()).isFalse();
    assertThat(rule.retries()).isZero();
    assertThat(rule.program().runAs()).isEqualTo(RunAs.AGENT);
    assertThat(rule.program().elevated()).isFalse();
    assertThat(rule.where().groups()).hasToString("[CONTOSO\\Students]");
  }

  @Test
  void mixesNoGrammars() {
    assertThat(problems("while: idle\non: [logon]\nrun: [/bin/true]"))
        .isEqualTo(
            "test.yaml:2: on cannot be combined with while: while follows the state of the host, on"
                + " its events; write two entries");
    assertThat(problems("on: [logon]\nrun: [/bin/true]\nrules_file: /rules.yaml"))
        .isEqualTo(
            "test.yaml:3: rules_file cannot be combined with while or on; write two entries");
    assertThat(problems("while: idle\nrun: [/bin/true]\nmax_age: 5s\nwhere: {users: [kim]}"))
        .isEqualTo(
            "test.yaml:3: max_age needs on; this entry has while\n"
                + "test.yaml:4: where needs on; this entry has while");
    assertThat(problems("on: [logon]\nrun: [/bin/true]\ngrace: 5s"))
        .isEqualTo("test.yaml:3: grace needs while; this entry has on");
    assertThat(problems("rules_file: /rules.yaml\nrun: [/bin/true]"))
        .isEqualTo("test.yaml:2: run belongs in the rules file; this entry has rules_file");
    assertThat(problems("run: [/bin/true]"))
        .isEqualTo("test.yaml:1: on is missing: an entry has while, on or rules_file");
  }

  @Test
  void knowsEachPlaceholder() {
    assertThat(problems("on: [logon]\nrun: [/bin/echo, '${user}']"))
        .isEqualTo(
            "test.yaml:2: run has ${user}, which is not a field of an event; possible fields:"
                + " user_domain, user_name, user_sid, user_upn");
    assertThat(problems("on: [logon]\nrun: [/bin/echo, '${user_nmae}']"))
        .isEqualTo(
            "test.yaml:2: run has ${user_nmae}, which is not a field of an event, did you mean"
                + " user_name?");
    assertThat(problems("on: [logon]\nrun: [/bin/echo, '${weather}']"))
        .isEqualTo(
            "test.yaml:2: run has ${weather}, which is not a field of an event; core/DESIGN.md"
                + " lists them");
    assertThat(problems("on: [logon]\nrun: [/bin/echo, '${user_name']"))
        .isEqualTo("test.yaml:2: run has ${ without }; write $${ for a literal ${: ${user_name");
    assertThat(problems("while: idle\nrun: [/bin/echo, '${user_name}']"))
        .isEqualTo("test.yaml:2: run has a field of an event, but with while there is no event");
    assertThat(problems("on: [logon]\nrun: ['/opt/${user_name}']"))
        .isEqualTo(
            "test.yaml:2: run must name the program without fields: otherwise an event would choose"
                + " it");
    assertThat(problems("on: [logon]\nrun: [apply.exe]"))
        .isEqualTo(
            "test.yaml:2: run must begin with the absolute path of a program, was apply.exe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'C:\\it\\apply.cmd', '${user_name}'",
        "'C:\\it\\APPLY.BAT ', '${user_name}'",
        "'C:\\Windows\\System32\\cmd.exe', /c, echo, '${user_name}'",
        "/bin/sh, -c, 'echo ${user_name}'",
        "/bin/bash, -ec, 'echo ${user_name}'",
        "/usr/bin/python3, -c, 'print(\"${user_name}\")'",
        "'C:\\WINDOWS\\powershell.exe', -Command, Write-Host, '${user_name}'",
      })
  void letsNoEventWriteAScript(String run) {
    assertThat(problems("on: [logon]\nrun: [" + run + "]"))
        .startsWith("test.yaml:2: run must not pass ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bin/sh, -c, 'echo \"$1\"', sh, '${user_name}'",
        "/bin/sh, /opt/script, '${user_name}'",
        "'C:\\WINDOWS\\powershell.exe', -File, 'C:\\it\\a.ps1', '${user_name}'",
        "'C:\\it\\apply.cmd', --all",
        "/bin/echo, '$${HOME}'",
      })
  void passesFieldsAsArgumentsOfTheirOwn(String run) {
    assertThat(problems("on: [logon]\nrun: [" + run + "]")).isEmpty();
  }

  @Test
  void elevatesOnlyUsersOfSessions() {
    assertThat(problems("on: [logon]\nrun: [/bin/true]\nelevated: true"))
        .isEqualTo("test.yaml:3: elevated needs run_as: session_user");
    String elevated = "on: [logon]\nrun_as: session_user\nelevated: true\nrun: ";
    assertThat(problems(elevated + "['\\\\srv\\share\\a.exe']"))
        .isEqualTo(
            "test.yaml:4: run must begin with a drive, such as C:\\, with elevated: a share is on"
                + " another machine");
    assertThat(problems(elevated + "['C:\\it\\a.exe']")).isEmpty();
  }

  @Test
  void replaysNothingForAUser() {
    assertThat(problems("on: [logon]\nrun: [/bin/true]\nreplayed: true")).isEmpty();
    assertThat(problems("on: [logon]\nrun: [/bin/true]\nreplayed: true\nrun_as: session_user"))
        .isEqualTo(
            "test.yaml:3: replayed cannot be combined with run_as: session_user: the user of a"
                + " recorded session is not there now");
    assertThat(problems("while: idle\nrun: [/bin/true]\nreplayed: true"))
        .isEqualTo("test.yaml:3: replayed needs on; this entry has while");
  }

  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  private static List<String> warnings(String yaml, SinkEnvironment environment) {
    return new CommandSinkFactory().warnings(read(yaml), environment);
  }

  private static List<String> withoutLiveSource(String yaml) {
    return warnings(yaml, new SinkEnvironment(false, true, ALL));
  }

  @Test
  void warnsOfWhatDoesNothingWithoutALiveSource() {
    assertThat(withoutLiveSource("on: [logon]\nrun: [/bin/true]"))
        .containsExactly("no source is live: the command never runs, unless with replayed: true");
    String replayed = "on: [logon]\nrun: [/bin/true]\nreplayed: true\n";
    assertThat(withoutLiveSource(replayed))
        .containsExactly(
            "no source is live: the command runs for no event older than max_age (60 s), and a"
                + " record of the past holds older ones");
    assertThat(withoutLiveSource(replayed + "max_age: 30d")).isEmpty();
    assertThat(withoutLiveSource("on: [logon]\nrun: [/bin/true]\nrun_as: session_user"))
        .containsExactly("no source is live: run_as: session_user never runs anything");
  }

  @Test
  void warnsOfWhileWhereNoPluginListsTheSessions() {
    String yaml = "while: idle\nrun: [/bin/true]";
    assertThat(warnings(yaml, new SinkEnvironment(true, false, ALL)))
        .containsExactly(
            "no plug-in lists the sessions of this machine: the state of the host stays unknown, so"
                + " the command never starts");
    assertThat(warnings(yaml, new SinkEnvironment(false, true, ALL))).isEmpty();
  }

  @Test
  void warnsOfKindsThatTheSelectionLeavesOut() {
    String yaml = "on: [logon, logoff, lock]\nrun: [/bin/true]";
    Set<Kind> some = EnumSet.of(Kind.LOCK, Kind.UNLOCK);
    assertThat(warnings(yaml, new SinkEnvironment(true, true, some)))
        .containsExactly("select.kinds leaves out logoff, logon, which on waits for");
    assertThat(warnings(yaml, new SinkEnvironment(true, true, ALL))).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void warnsOfEachRuleOfAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rules.yaml");
    String yaml = "rules_file: " + file;
    SinkEnvironment past = new SinkEnvironment(false, true, EnumSet.of(Kind.LOGON));
    assertThat(warnings(yaml, past))
        .containsExactly(
            "rules_file: " + file + " cannot be read: rules.yaml: no such file or folder");
    Files.writeString(
        file,
        """
        rules:
        - {on: [logon], run: [/bin/true], replayed: true, max_age: 30d}
        - {on: [logon], run: [/bin/true], replayed: true}
        - {on: [logoff], run: [/bin/true], replayed: true, max_age: 30d}
        """);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(warnings(yaml, past))
        .containsExactly(
            "rules_file: rule 2: no source is live: the command runs for no event older than"
                + " max_age (60 s), and a record of the past holds older ones",
            "rules_file: rule 3: select.kinds leaves out logoff, which on waits for");
  }

  private static Optional<String> privacyProblem(String more, String... hidden) {
    CommandSinkConfig config = read("on: [logon]\nrun: [/bin/true]\n" + more);
    return new CommandSinkFactory().privacyProblem(config, Set.of(hidden));
  }

  @Test
  void decidesByNoNameThatItDoesNotGet() {
    String must = "must not hide what this entry decides by: ";
    assertThat(privacyProblem("run_as: session_user", "users"))
        .contains(must + "run_as: session_user needs the names of users");
    assertThat(privacyProblem("where: {users: [kim]}", "users"))
        .contains(must + "where.users needs the names of users");
    assertThat(privacyProblem("where: {groups: [staff]}", "users"))
        .contains(must + "where.groups needs the names of users");
    assertThat(privacyProblem("where: {computers: [LAB-1]}", "hosts"))
        .contains(must + "where.computers needs the names of hosts");
    assertThat(privacyProblem("where: {users: [kim]}\nrun_as: session_user", "clients", "hosts"))
        .isEmpty();
    assertThat(privacyProblem("where: {computers: [LAB-1]}", "users", "clients")).isEmpty();
    assertThat(privacyProblem("", "users", "clients", "hosts")).isEmpty();
  }
}
