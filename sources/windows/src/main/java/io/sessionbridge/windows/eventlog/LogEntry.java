package io.sessionbridge.windows.eventlog;

import java.util.List;
import java.util.Optional;

/**
 * What a program writes into an event log.
 *
 * @param type how the viewer marks it
 * @param category a number of the source's category file; 0 for none
 * @param id a number of the source's message file
 * @param userSid of the user whom it is about, as text; none if it is not a SID
 * @param strings what the message file's text refers to by place; at most {@link #LONGEST_STRING}
 *     {@code char}s each, none of them NUL
 */
public record LogEntry(
    Type type, int category, int id, Optional<String> userSid, List<String> strings) {

  /** The limit of ReportEvent: one more, and it fails with {@link LogWriter#TOO_LARGE}. */
  public static final int LONGEST_STRING = 31_839;

  /** How the viewer marks an entry ({@code winnt.h}). */
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
