package io.sessionbridge.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CommandTreeTest {

  @TempDir Path folder;
  private final ProcessGuard guard = new ProcessGuard();

  @AfterEach
  void end() {
    guard.close();
  }

  private static Process sleeping() throws IOException {
    return new ProcessBuilder("sleep", "60").start();
  }

  @Test
  void aProcessThatHasEndedMeanwhileKeepsNoOtherFromBeingLowered() throws Exception {
    Process lives = sleeping();
    Process gone = sleeping();
    try {
      gone.destroyForcibly().waitFor();
      CommandTree.renice("19", List.of(gone.toHandle(), lives.toHandle()));
      assertThat(niceness(lives)).isEqualTo("19");
    } finally {
      lives.destroyForcibly();
    }
  }

  @Test
  void aProcessThatCannotBeLoweredIsReported() throws Exception {
    Process lives = sleeping();
    try {
      assertThatThrownBy(() -> CommandTree.renice("not a number", List.of(lives.toHandle())))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("renice ended with ");
    } finally {
      lives.destroyForcibly();
    }
  }

  private static String niceness(Process process) throws Exception {
    Process asked =
        new ProcessBuilder("ps", "-o", "ni=", "-p", String.valueOf(process.pid())).start();
    String output = new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(asked.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  /** Its parents have ended before anybody looked: only the variable shows whose it is. */
  @Test
  void killsWhatOutlivedItsParentsUnseen() throws Exception {
    Path pid = folder.resolve("pid");
    CommandTree tree =
        CommandTree.start(
            List.of("/bin/sh", "-c", "setsid sh -c 'echo $$ >" + pid + "; exec sleep 60' & exit 0"),
            guard);
    assertThat(tree.process().waitFor()).isZero();
    while (!Files.exists(pid) || Files.size(pid) == 0) {
      Thread.onSpinWait();
    }
    ProcessHandle orphan =
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    assertThat(tree.kill()).isEmpty();
    orphan.onExit().get(10, TimeUnit.SECONDS);
  }

  @Test
  void raisesToThePriorityOfTheStart() throws Exception {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")));
    CommandOrder order =
        new CommandOrder(
            List.of("/bin/sleep", "60"),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            15,
            OptionalLong.empty());
    CommandTree tree = CommandTree.start(order, guard);
    tree.lower();
    assertThat(niceness(tree.process())).isEqualTo("19");
    tree.raise();
    assertThat(niceness(tree.process())).isEqualTo("15");
    assertThat(tree.kill()).isEmpty();
  }

  @Test
  void readsAProcessWhateverItIsCalled() {
    String fields = " 7 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0\n";
    assertThat(ProcessTable.parse(9, "9 (a) Z 1 (b) S" + fields))
        .contains(new ProcessTable.Entry(9, 7, 4711));
    assertThat(ProcessTable.parse(9, "9 (gone) Z" + fields)).isEmpty();
    assertThat(ProcessTable.parse(9, "")).isEmpty();
  }

  /** It would look at all processes again and again without a pause. */
  @Test
  void waitsForTheEndAlsoIfItIsInterrupted() throws Exception {
    Process lives = sleeping();
    try {
      Thread.currentThread().interrupt();
      long begin = System.nanoTime();
      List<ProcessHandle> handles = List.of(lives.toHandle(), lives.toHandle());
      assertThat(CommandTree.awaitEnds(handles, begin + 300_000_000)).isTrue();
      assertThat(Thread.interrupted()).isFalse();
      assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(300_000_000);
    } finally {
      boolean unused = Thread.interrupted();
      lives.destroyForcibly();
    }
  }

  @Test
  void anInterruptIsKeptByAKill() throws Exception {
    CommandTree tree = CommandTree.start(List.of("/bin/sleep", "60"), guard);
    Thread.currentThread().interrupt();
    List<String> left = tree.kill();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(left).isEmpty();
    assertThat(tree.process().isAlive()).isFalse();
  }

  @Test
  void killsChildrenOfChildren() throws Exception {
    CommandTree tree =
        CommandTree.start(List.of("/bin/sh", "-c", "(sleep 60 & sleep 60) & sleep 60"), guard);
    while (tree.process().descendants().count() < 3) {
      tree.look();
    }
    List<ProcessHandle> all = tree.process().descendants().toList();
    assertThat(tree.kill()).isEmpty();
    for (ProcessHandle handle : all) {
      handle.onExit().get(10, TimeUnit.SECONDS); // the system's first process takes its time
    }
    assertThat(tree.process().isAlive()).isFalse();
  }

  @Test
  void passesArgumentsAsTheyAreAndSaysWhatCameOut() throws Exception {
    CommandOrder order =
        new CommandOrder(
            List.of("/usr/bin/printf", "<%s>", "& calc", "%PATH%", "\"", "a\nb", "$(id)", ""),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            10,
            OptionalLong.of(1L << 30));
    CommandTree tree = CommandTree.start(order, guard);
    String output = new String(tree.process().getInputStream().readAllBytes(), UTF_8);
    assertThat(output).isEqualTo("<& calc><%PATH%><\"><a\nb><$(id)><>");
    assertThat(tree.process().waitFor()).isZero();
  }

  @Test
  void givesNicenessMemoryFolderAndVariables() throws Exception {
    CommandOrder order =
        new CommandOrder(
            List.of("/bin/sh", "-c", "nice; ulimit -v; pwd; echo $SESSIONBRIDGE_X; ps -o sid= $$"),
            Optional.empty(),
            Optional.of(Path.of("/")),
            Map.of("SESSIONBRIDGE_X", "1 2"),
            19,
            OptionalLong.of(1L << 30));
    CommandTree tree = CommandTree.start(order, guard);
    String output = new String(tree.process().getInputStream().readAllBytes(), UTF_8);
    assertThat(output.lines().map(String::strip))
        .containsExactly("19", "1048576", "/", "1 2", String.valueOf(tree.process().pid()));
  }

  /** What the system does at the end of the agent: its end of the pipe is closed. */
  @Test
  void theWatchdogKillsWhatOutlivesItsParents() throws Exception {
    CommandTree tree =
        CommandTree.start(
            List.of("/bin/sh", "-c", "setsid sh -c '(sleep 60 & sleep 60) & sleep 60' & wait"),
            guard);
    while (tree.process().descendants().count() < 4) {
      tree.look();
    }
    List<ProcessHandle> all = tree.process().descendants().toList();
    tree.process().destroyForcibly().waitFor();
    assertThat(all).allMatch(ProcessHandle::isAlive);
    guard.close();
    for (ProcessHandle handle : all) {
      handle.onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void readsUsersAndGroupsOfTheSystem() throws Exception {
    Account root = Account.find("root").orElseThrow();
    assertThat(root.uid()).isZero();
    assertThat(root.home()).isEqualTo("/root");
    assertThat(Account.groups("root")).contains("0");
    assertThat(Account.groupName("0")).isEqualTo("root");
    assertThat(Account.find("no-such-user-here")).isEmpty();
    assertThat(Account.find("--help")).isEmpty();
    assertThat(Account.groups("no-such-user-here")).isEmpty();
  }
}
