package io.sessionbridge.journal;

import java.io.IOException;

/** A journal that cannot be opened or written. The message names the file and what to do. */
public class JournalException extends IOException {
  private static final long serialVersionUID = 1L;

  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
