package io.sessionbridge.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CommandTreeTest {

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
  void aProcessThatCannotBeLoweredIsTold() throws Exception {
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
    String told = new String(asked.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(asked.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return told;
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
    assertThat(all).noneMatch(ProcessHandle::isAlive);
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
    String told = new String(tree.process().getInputStream().readAllBytes(), UTF_8);
    assertThat(told).isEqualTo("<& calc><%PATH%><\"><a\nb><$(id)><>");
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
    String told = new String(tree.process().getInputStream().readAllBytes(), UTF_8);
    assertThat(told.lines().map(String::strip))
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
    assertThat(Account.groups("root")).contains("root");
    assertThat(Account.find("no-such-user-here")).isEmpty();
    assertThat(Account.find("--help")).isEmpty();
    assertThat(Account.groups("no-such-user-here")).isEmpty();
  }
}
