package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that starts on a disk without room for a segment. Needs the right to mount one. */
class FullDiskIT {

  @TempDir Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), 8);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.unmount();
    }
  }

  @Test
  void aReplayThatWaitedForRoomLosesNothing() throws Exception {
    Path ballast = Files.write(disk.folder().resolve("ballast"), new byte[5 << 20]);
    Lines.write(folder.resolve("in.jsonl"), 1, 50);
    Bundle bundle = new Bundle(folder);
    bundle.write(
        "c.yaml",
        "data_dir: disk/data",
        "log: {level: debug}",
        "heartbeat: 1s",
        "sources:",
        "  in: {type: replay, path: in.jsonl}",
        "sinks:",
        "  out: {type: file, path: out.jsonl}");
    try (Bundle.Running agent = bundle.start("run", "--config", "c.yaml", "--exit-when-drained")) {
      Await.until(() -> agent.err().split("no heartbeat: ", -1).length > 3);
      Files.delete(ballast);
      Outcome outcome = agent.await();
      assertThat(outcome.err())
          .contains("source in is waiting for the journal: ")
          .contains("the disk is full");
      assertThat(outcome.err()).doesNotContain("lost");
      assertThat(outcome.exit()).isZero();
    }
    Path out = folder.resolve("out.jsonl");
    assertThat(Lines.numbers(out)).isEqualTo(Lines.upTo(50));
    assertThat(out).content().doesNotContain("\"gap\"");
  }
}
