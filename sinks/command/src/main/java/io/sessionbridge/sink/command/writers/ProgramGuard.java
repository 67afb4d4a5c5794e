package io.sessionbridge.sink.command.writers;

import io.sessionbridge.sink.command.config.Program;
import io.sessionbridge.storage.FileReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Refuses programs that users with fewer rights than the agent can modify. Checks before each
 * start, because rights change; the check takes less time than the start.
 */
public final class ProgramGuard {

  private final Optional<Writers> writers;

  /** Without writers it checks nothing: the agent has only the rights of its user. */
  ProgramGuard(Optional<Writers> writers) {
    this.writers = writers;
  }

  public static ProgramGuard ofThisSystem() {
    return new ProgramGuard(
        AgentRights.mayExceedUsers() ? Optional.of(FileWriters.ofPrograms()) : Optional.empty());
  }

  /**
   * Accepts or refuses a program.
   *
   * @throws IOException if it is refused, with who can modify it; or if that cannot be determined
   */
  public void require(Program program) throws IOException {
    if (writers.isEmpty() || program.allowWritable()) {
      return;
    }
    Path path = Path.of(program.path()); // not normalized: .. after a link leads elsewhere
    Optional<String> others;
    try {
      others = writers.get().others(path);
    } catch (IOException e) {
      throw new IOException("cannot determine who can modify it: " + FileReason.of(e, path), e);
    }
    if (others.isPresent()) {
      throw new IOException(
          "refused, "
              + others.get()
              + "; whoever can do that runs programs with the agent's rights. To allow it, set"
              + " allow_writable_program: true");
    }
  }
}
