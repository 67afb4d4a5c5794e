package io.sessionbridge.sink.mqtt;

/** A real broker on a loopback port that a test can stop. */
interface TestingBroker extends AutoCloseable {

  int port();

  void start() throws Exception;

  /** Stops it like a shutdown of its machine. */
  void stop() throws Exception;

  @Override
  void close();
}
