package io.sessionbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpGateTest {

  private ServerSocket server;
  private int port;
  private TcpGate gate;

  @BeforeEach
  void open() throws Exception {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    port = FreePort.find();
    gate = new TcpGate(port, server.getLocalPort());
    gate.open();
  }

  @AfterEach
  void close() throws Exception {
    gate.close();
    server.close();
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  @Test
  void passesOnWhatBothSidesSay() throws Exception {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      client.getOutputStream().write('a');
      assertThat(accepted.getInputStream().read()).isEqualTo('a');
      accepted.getOutputStream().write('b');
      assertThat(client.getInputStream().read()).isEqualTo('b');
      client.shutdownOutput();
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void endsConnectionsAndRefusesNewOnesUntilItOpensAgain() throws Exception {
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      gate.close();

      assertThat(client.getInputStream().read()).isEqualTo(-1);
      assertThat(accepted.getInputStream().read()).isEqualTo(-1);
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    }
    gate.open();
    try (Socket client = connect();
        Socket accepted = server.accept()) {
      client.getOutputStream().write('a');
      assertThat(accepted.getInputStream().read()).isEqualTo('a');
    }
  }
}
