package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.util.List;

/** Takes messages to the receiver. Called by the sink's thread alone; never tries twice. */
interface Transport extends AutoCloseable {

  /**
   * Makes a new connection; an older one is ended.
   *
   * @throws IOException with a sentence that names the setting to change
   */
  void connect() throws IOException;

  /** Sends messages in order and tells their fate. */
  Sent send(List<byte[]> messages);

  /**
   * Looks whether the connection still stands, while there is nothing to send.
   *
   * @throws IOException if it does not
   */
  void probe() throws IOException;

  /** Ends the connection in order, within a second or two. */
  @Override
  void close();
}
