package io.sessionbridge.http;

import java.io.IOException;

/** One path. Called on threads {@code http}, several at a time. */
interface Page {

  /**
   * Answers a GET; a HEAD gets the same without the body.
   *
   * @param accept what the client understands; empty if it did not say
   */
  Answer get(String accept) throws IOException;
}
