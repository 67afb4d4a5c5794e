package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.testkit.TcpFaultProxy.Direction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TcpFaultProxyTest {

  private static final int A_WHILE_MILLIS = 200;

  /** The timeout of a test does not end a blocked read. */
  private static final int PATIENCE_MILLIS = 20_000;

  private EchoServer server;
  private TcpFaultProxy proxy;
  private Socket client;

  @BeforeEach
  void connect() throws IOException {
    server = new EchoServer();
    proxy = TcpFaultProxy.before("127.0.0.1", server.port());
    client = connected();
    assertThat(echoOf(7)).isEqualTo(7);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    server.close();
  }

  private Socket connected() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private int echoOf(int b) throws IOException {
    client.getOutputStream().write(b);
    return client.getInputStream().read();
  }

  private void assertSilent() throws IOException {
    client.setSoTimeout(A_WHILE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void cutsWithAResetAndTakesNewConnections() throws IOException {
    proxy.cut();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    client = connected();
    assertThat(echoOf(8)).isEqualTo(8);
    assertThat(proxy.accepted()).isEqualTo(2);
  }

  @Test
  void refusesUntilItHealsOnTheSamePort() throws IOException {
    proxy.refuse();
    assertThatThrownBy(this::connected).isInstanceOf(ConnectException.class);
    proxy.heal();
    client = connected();
    assertThat(echoOf(9)).isEqualTo(9);
  }

  @Test
  void stallsTheAnswersAndForwardsThemLater() throws IOException {
    proxy.stall(Direction.TO_CLIENT);
    client.getOutputStream().write(1);
    assertSilent();
    proxy.heal();
    assertThat(client.getInputStream().read()).isEqualTo(1);
    assertThat(echoOf(2)).isEqualTo(2);
  }

  @Test
  void blocksTheSenderOnceTheBuffersAreFull() throws Exception {
    proxy.stall(Direction.TO_SERVER);
    AtomicLong written = new AtomicLong();
    Thread writer =
        Threads.start(
            "writer",
            () -> {
              byte[] block = new byte[64 << 10];
              try {
                for (int i = 0; i < 1024; i++) {
                  client.getOutputStream().write(block);
                  written.addAndGet(block.length);
                }
              } catch (IOException e) {
                // cut below
              }
            });
    writer.join(2000);
    assertThat(writer.isAlive()).isTrue();
    assertThat(written.get()).isLessThan(64L << 20);
    proxy.cut();
    writer.join(10_000);
    assertThat(writer.isAlive()).isFalse();
  }

  @Test
  void losesBytesInABlackHoleForGood() throws IOException {
    proxy.blackHole(Direction.TO_SERVER);
    client.getOutputStream().write(1);
    assertSilent();
    proxy.heal();
    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    client = connected();
    assertThat(echoOf(3)).isEqualTo(3);
  }

  @Test
  void healsWhatLostNothingInABlackHole() throws IOException {
    proxy.blackHole(Direction.TO_SERVER);
    proxy.heal();
    assertThat(echoOf(4)).isEqualTo(4);
  }

  @Test
  void closesOneHalf() throws IOException {
    proxy.halfClose(Direction.TO_CLIENT);
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    client.getOutputStream().write(1); // the other half is open
  }

  @Test
  void passesOnTheEndOfTheClient() throws IOException {
    client.shutdownOutput();
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void leavesNoThread() throws IOException {
    ThreadWatch threads = new ThreadWatch();
    try (TcpFaultProxy other = TcpFaultProxy.before("127.0.0.1", server.port());
        Socket through = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      through.getOutputStream().write(1);
      assertThat(through.getInputStream().read()).isEqualTo(1);
      other.stall(Direction.TO_CLIENT);
      through.getOutputStream().write(2);
    }
    threads.assertNoneLeft();
  }
}
