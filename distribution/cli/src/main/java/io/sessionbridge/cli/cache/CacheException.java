package io.sessionbridge.cli.cache;

/** The cache could not be made. The agent runs without one. */
public final class CacheException extends Exception {
  private static final long serialVersionUID = 1L;

  CacheException(String message) {
    super(message);
  }

  CacheException(String message, Throwable cause) {
    super(message, cause);
  }
}
