package io.sessionbridge.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Archives of the classes that the agent needs, written by a run that carries some events: one for
 * the measured agent program, which has another class path, and one for the agent as shipped.
 */
final class ColdArchives {

  private static final int TRAINING_EVENTS = 5_000;
  private static final int FIRST_WITH_CACHE = 25;

  private final Path folder;

  ColdArchives(Path folder) throws IOException {
    this.folder = Files.createDirectory(folder);
  }

  /** The flags of a case for the measured agent program. */
  List<String> flags(ColdCase one, Target training) throws IOException {
    if (!one.archived()) {
      return one.flags();
    }
    Path archive = folder.resolve(one.name() + "-clock.jsa");
    if (!Files.exists(archive)) {
      List<String> command =
          JavaCommand.withFlags(with(one.flags(), write(archive)), AgentProgram.class)
              .words(one.environment());
      Path own = folder.resolve(one.name() + "-training");
      try (ReplayAgent agent = new ReplayAgent(own, command, training, "fsync")) {
        agent.carry(TRAINING_EVENTS);
      }
      Folders.delete(own);
    }
    return with(one.flags(), use(archive));
  }

  /** The flags of a case for the agent as shipped, trained with this configuration. */
  List<String> flagsOfProgram(ColdCase one, Path config) throws IOException {
    if (!one.archived()) {
      return one.flags();
    }
    Path archive = folder.resolve(one.name() + "-program.jsa");
    if (!Files.exists(archive)) {
      List<String> command =
          JavaCommand.agent(with(one.flags(), write(archive)), "run", "--config", config.toString())
              .words(one.environment());
      try (AgentProcess agent = AgentProcess.of(command)) {
        agent.awaitReady();
      }
    }
    return with(one.flags(), use(archive));
  }

  private static String write(Path archive) {
    return hasCache() ? "-XX:AOTCacheOutput=" + archive : "-XX:ArchiveClassesAtExit=" + archive;
  }

  private static String use(Path archive) throws IOException {
    if (!Files.exists(archive)) {
      throw new IOException("Java has written no " + archive);
    }
    return hasCache() ? "-XX:AOTCache=" + archive : "-XX:SharedArchiveFile=" + archive;
  }

  /** The newer kind holds linked classes and, in Java 25, the profiles of methods. */
  private static boolean hasCache() {
    return Runtime.version().feature() >= FIRST_WITH_CACHE;
  }

  private static List<String> with(List<String> flags, String one) {
    List<String> all = new ArrayList<>(flags);
    all.add(one);
    return all;
  }
}
