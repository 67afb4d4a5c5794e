package io.sessionbridge.sink.command.writers;

import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses programs that others may change while the agent has more rights than they. Asked before
 * each start, since rights change; that takes less than the start.
 */
public final class ProgramGuard {

  private final Optional<Writers> writers;

  /** Empty: anybody may change what is run, since the agent can no more than its user. */
  ProgramGuard(Optional<Writers> writers) {
    this.writers = writers;
  }

  public static ProgramGuard ofThisSystem() {
    return new ProgramGuard(
        AgentRights.mayExceedUsers() ? Optional.of(FileWriters.ofPrograms()) : Optional.empty());
  }

  /**
   * Refuses it where it must be.
   *
   * @throws IOException with who may change it, or if that cannot be found out
   */
  public void require(Program program) throws IOException {
    if (writers.isEmpty() || program.allowWritable()) {
      return;
    }
    Path path = Path.of(program.path()); // as it is started: .. behind a link leads elsewhere
    Optional<String> others;
    try {
      others = writers.get().others(path);
    } catch (IOException e) {
      throw new IOException(
          "it cannot be found out who may change it: " + FileReason.of(e, path), e);
    }
    if (others.isPresent()) {
      throw new IOException(
          "refused, "
              + others.get()
              + "; who can do that runs programs with the agent's rights. If that is wanted:"
              + " allow_writable_program: true");
    }
  }
}
