package io.sessionbridge.cli.receivers;

import java.io.IOException;

/** A receiver that can be killed, because it keeps what it acknowledged. */
abstract sealed class KilledReceiver implements Receiver permits KafkaReceiver, SyslogReceiver {

  private final ServerProcess server;

  KilledReceiver(ServerProcess server) {
    this.server = server;
  }

  @Override
  public final String address() {
    return server.address();
  }

  @Override
  public final String away() {
    return "is killed";
  }

  @Override
  public final String back() {
    return "starts again";
  }

  @Override
  public final void launch() throws IOException {
    server.launch();
  }

  @Override
  public final void awaitReady() throws IOException {
    server.awaitReady();
  }

  @Override
  public final void takeAway() throws InterruptedException {
    server.kill();
  }

  @Override
  public final void giveBack() throws IOException {
    server.launch();
    server.awaitReady();
  }

  @Override
  public final void close() {
    server.close();
  }
}
