package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** An agent in a JVM that has just started. A new JVM does each piece of work. One thread. */
final class ColdAgent {

  private final Path folder;
  private final int warmUp;
  private final int events;
  private int runs;

  /**
   * Work for new agents.
   *
   * @param warmUp events that each carries before the clock starts
   */
  ColdAgent(Path folder, int warmUp, int events) throws IOException {
    this.folder = Files.createDirectory(folder);
    this.warmUp = warmUp;
    this.events = events;
  }

  /** A file through the journal to the target, from its first durable event to the last ack. */
  Work carry(List<String> command, Target target) throws IOException {
    Path own = next();
    try (ReplayAgent agent = new ReplayAgent(own, command, target, "fsync")) {
      agent.carry(warmUp);
      return agent.carry(events);
    } finally {
      Folders.delete(own);
    }
  }

  /** A journal full of undelivered events, for {@link #drain}. */
  Path backlog(List<String> command, Target target) throws IOException {
    AgentFiles files = new AgentFiles(next());
    try (Child agent = child(command)) {
      agent.ask("open", files.config("fsync", target.dead()).toString());
      Path lines = files.prepare(0, warmUp + events);
      agent.ask(
          "fill",
          target.sink(),
          lines.toString(),
          files.input().toString(),
          Integer.toString(warmUp + events));
      agent.ask("close");
    }
    return files.data();
  }

  /** A copy of the backlog to the target, from the batch that completes the warm-up to the last. */
  Work drain(List<String> command, Target target, Path backlog) throws IOException {
    Path own = next();
    AgentFiles files = new AgentFiles(own);
    copy(backlog, files.data());
    try (Child agent = child(command)) {
      agent.ask("open", files.config("fsync", target.living()).toString());
      return Work.ofLine(agent.ask("drain", target.sink(), Integer.toString(warmUp)));
    } finally {
      Folders.delete(own);
    }
  }

  private Path next() {
    return folder.resolve("run-" + runs++);
  }

  private Child child(List<String> command) throws IOException {
    return new Child(command, folder.resolve("agent.log"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(folder, place(folder), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) { // the socket of the control channel is none
              Files.copy(file, place(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          private Path place(Path file) {
            return to.resolve(from.relativize(file).toString());
          }
        });
  }
}
