package io.sessionbridge.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CommandTreeTest {

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
        CommandTree.start(List.of("/bin/sh", "-c", "(sleep 60 & sleep 60) & sleep 60"));
    while (tree.process().descendants().count() < 3) {
      tree.look();
    }
    List<ProcessHandle> all = tree.process().descendants().toList();
    assertThat(tree.kill()).isEmpty();
    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(tree.process().isAlive()).isFalse();
  }
}
