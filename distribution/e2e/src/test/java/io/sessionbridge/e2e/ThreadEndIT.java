package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends when a thread of it does, and at a signal. */
class ThreadEndIT {

  @TempDir Path folder;

  /** The agent on one followed file, with the jar of {@link ThreadEnder} in its Java. */
  private Bundle bundle(String thread) throws Exception {
    Path jar = JavaAgentJar.make(folder, ThreadEnder.class);
    Lines.write(folder.resolve("in.jsonl"), 1, 5);
    Bundle bundle =
        new Bundle(folder, "-javaagent:" + jar + "=" + thread + "," + folder.resolve("now"));
    bundle.write(
        "c.yaml",
        "data_dir: data",
        "sources:",
        "  in: {type: replay, path: in.jsonl, follow: true}",
        "sinks:",
        "  out: {type: file, path: out.jsonl}");
    return bundle;
  }

  private boolean hasFiveLines() throws Exception {
    Path out = folder.resolve("out.jsonl");
    return Files.exists(out) && Lines.numbers(out).size() == 5;
  }

  @Test
  void withoutItsJournalItEndsWith70AndGoesOnAfterARestart() throws Exception {
    Bundle bundle = bundle("journal");
    try (Bundle.Running running = bundle.start("run", "--config", "c.yaml")) {
      Await.until(this::hasFiveLines);
      Files.createFile(folder.resolve("now"));
      Outcome outcome = running.await();
      assertThat(outcome.exit()).isEqualTo(70);
      assertThat(outcome.err())
          .contains("journal: its thread was stopped by an unexpected error")
          .contains("java.lang.InterruptedException")
          .contains(
              "sessionbridge stopped because its component journal was stopped by an unexpected"
                  + " error (a defect in SessionBridge)");
    }
    Lines.write(folder.resolve("in.jsonl"), 1, 8);
    Bundle again = new Bundle(folder);
    try (Bundle.Running running = again.start("run", "--config", "c.yaml")) {
      Await.until(() -> Lines.numbers(folder.resolve("out.jsonl")).size() == 8);
      assertThat(running.stop().exit()).isEqualTo(143);
    }
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).isEqualTo(Lines.upTo(8));
  }

  @Test
  void aHangUpStopsItInOrder() throws Exception {
    Bundle bundle = bundle("nobody");
    try (Bundle.Running running = bundle.startForHangUp("run", "--config", "c.yaml")) {
      Await.until(this::hasFiveLines);
      new ProcessBuilder("kill", "-HUP", Long.toString(running.pid())).start().waitFor();
      Outcome outcome = running.await();
      assertThat(outcome.exit()).isEqualTo(129);
      assertThat(outcome.err()).contains("sessionbridge stopped");
    }
  }
}
