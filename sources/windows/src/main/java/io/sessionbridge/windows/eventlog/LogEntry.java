package io.sessionbridge.windows.eventlog;

import java.util.List;
import java.util.Optional;

/**
 * An entry to be written to an event log.
 *
 * @param type the severity
 * @param category a number of the source's category file; 0 for none
 * @param id a number of the source's message file
 * @param userSid the SID of the affected user, as text; not written if it is invalid
 * @param strings the insertion strings of the message; at most {@link #LONGEST_STRING} {@code
 *     char}s each, none of them NUL
 */
public record LogEntry(
    Type type, int category, int id, Optional<String> userSid, List<String> strings) {

  /** The limit of ReportEvent: with one more it fails with {@link LogWriter#TOO_LARGE}. */
  public static final int LONGEST_STRING = 31_839;

  /** The severity of an entry ({@code winnt.h}). */
  public enum Type {
    ERROR(1),
    WARNING(2),
    INFORMATION(4);

    private final short value;

    Type(int value) {
      this.value = (short) value;
    }

    short value() {
      return value;
    }
  }

  public LogEntry {
    strings = List.copyOf(strings);
  }
}
