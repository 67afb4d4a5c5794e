package io.sessionbridge.benchmarks;

import java.io.IOException;

/** The least that brings syslog messages to a receiver. One thread. */
interface MessageSender extends AutoCloseable {

  /**
   * Sends messages that are in memory, again and again from the first.
   *
   * @param count how many altogether
   */
  void send(int count) throws IOException;

  @Override
  void close() throws IOException;
}
