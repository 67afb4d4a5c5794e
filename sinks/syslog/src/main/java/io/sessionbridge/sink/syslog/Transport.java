package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.util.List;

/** Sends messages to the receiver. For the sink's thread only; does not retry. */
interface Transport extends AutoCloseable {

  /**
   * Opens a new connection and closes an earlier one.
   *
   * @throws IOException with a sentence that names the setting to check
   */
  void connect() throws IOException;

  /** Sends messages in order and returns their result. */
  SendResult send(List<byte[]> messages);

  /**
   * Checks the connection while there is nothing to send.
   *
   * @throws IOException if it is broken
   */
  void probe() throws IOException;

  /** Closes the connection in an orderly way, within two seconds. */
  @Override
  void close();
}
