package io.sessionbridge.http;

import java.io.IOException;

/** The handler of one path. Called on threads {@code http}, concurrently. */
interface Page {

  /**
   * Answers a GET; a HEAD gets the same headers.
   *
   * @param accept the {@code Accept} header; empty if absent
   */
  Answer get(String accept) throws IOException;
}
