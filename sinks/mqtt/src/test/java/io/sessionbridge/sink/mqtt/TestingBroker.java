package io.sessionbridge.sink.mqtt;

/** A real broker on a loopback port that a test can take away. */
interface TestingBroker extends AutoCloseable {

  int port();

  void start() throws Exception;

  /** As its machine would be shut down. */
  void stop() throws Exception;

  @Override
  void close();
}
