package io.sessionbridge.windows.eventlog;

/**
 * Writes entries of one source into the Application log. One thread at a time. Methods that return
 * a number return the error code of {@code winerror.h}, 0 if all went well.
 */
public interface LogWriter extends AutoCloseable {

  /** {@code RPC_S_INVALID_BOUND}: a string or the whole entry is larger than an event log takes. */
  int TOO_LARGE = 1734;

  /**
   * Opens the log; closes it first if it is open.
   *
   * @param source the name under which the registry knows the message file; with a name that it
   *     does not know, the entries have no description
   */
  int open(String source);

  /** Returns when the log has the entry, or has refused it. The log must be open. */
  int write(LogEntry entry);

  /** Closes the log, if it is open. */
  @Override
  void close();
}
