package io.sessionbridge.sink.command.writers;

import io.sessionbridge.windows.process.SessionAccount;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The rights of the agent, by its account rather than by a name. */
public final class AgentRights {

  private static final Path SELF = Path.of("/proc/self");

  private AgentRights() {}

  /**
   * Whether it may do more than a user: as root, as LocalSystem, elevated, or if that is unknown.
   */
  static boolean mayExceedUsers() {
    if (File.separatorChar == '\\') {
      return SessionAccount.mayExceedUsers();
    }
    OptionalLong uid = uid();
    return uid.isEmpty() || uid.getAsLong() == 0;
  }

  /** Whether it is known to be root. */
  public static boolean isRoot() {
    OptionalLong uid = uid();
    return uid.isPresent() && uid.getAsLong() == 0;
  }

  /** Empty if it cannot be determined. */
  private static OptionalLong uid() {
    try {
      return OptionalLong.of((Integer) Files.getAttribute(SELF, "unix:uid"));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
