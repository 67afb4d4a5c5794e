package io.sessionbridge.journal;

import java.io.IOException;

/** Thrown when a journal cannot be opened or written. The message names the file and the fix. */
public class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
