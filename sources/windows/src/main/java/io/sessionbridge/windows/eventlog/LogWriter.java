package io.sessionbridge.windows.eventlog;

/**
 * Writes entries of one source to the Application log. One thread at a time. Methods that return a
 * number return the error code of {@code winerror.h}, 0 on success.
 */
public interface LogWriter extends AutoCloseable {

  /** {@code RPC_S_INVALID_BOUND}: a string or the whole entry exceeds the limit. */
  int TOO_LARGE = 1734;

  /**
   * Opens the log; closes it first if it is open.
   *
   * @param source the name under which the registry has the message file; entries of an
   *     unregistered source have no description
   */
  int open(String source);

  /** Returns once the log has stored or rejected the entry. The log must be open. */
  int write(LogEntry entry);

  /** Closes the log, if it is open. */
  @Override
  void close();
}
