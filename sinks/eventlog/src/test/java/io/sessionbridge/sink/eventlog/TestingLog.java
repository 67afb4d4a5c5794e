package io.sessionbridge.sink.eventlog;

import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.util.ArrayList;
import java.util.List;

/** An Application log with the limits of the real one, which fails on request. */
final class TestingLog implements LogWriter {

  static final int INVALID_HANDLE = 6;

  private final List<LogEntry> entries = new ArrayList<>();
  private int openError;
  private int writeError;
  private int writesUntilError = Integer.MAX_VALUE;
  private boolean isOpen;
  private int opened;

  /** All entries, through any handle. */
  List<LogEntry> entries() {
    return entries;
  }

  int opened() {
    return opened;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Makes every call fail from now on; 0 ends that. */
  void fail(int error) {
    openError = error;
    writeError = error;
    writesUntilError = error == 0 ? Integer.MAX_VALUE : 0;
  }

  /** The log opens, and accepts this many more entries. */
  void failAfter(int writes, int error) {
    openError = 0;
    writeError = error;
    writesUntilError = writes;
  }

  @Override
  public int open(String source) {
    if (openError == 0) {
      isOpen = true;
      opened++;
    }
    return openError;
  }

  @Override
  public int write(LogEntry entry) {
    if (!isOpen) {
      return INVALID_HANDLE;
    }
    if (entry.strings().stream().anyMatch(text -> text.length() > LogEntry.LONGEST_STRING)) {
      return TOO_LARGE;
    }
    if (writesUntilError == 0) {
      return writeError;
    }
    writesUntilError--;
    entries.add(entry);
    return 0;
  }

  @Override
  public void close() {
    isOpen = false;
  }
}
