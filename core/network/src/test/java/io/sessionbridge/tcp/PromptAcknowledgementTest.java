package io.sessionbridge.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PromptAcknowledgementTest {

  private static Object value(Socket socket) throws Exception {
    var option =
        socket.supportedOptions().stream()
            .filter(it -> it.name().equals("TCP_QUICKACK"))
            .findFirst()
            .orElseThrow();
    return socket.getOption(option);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isAskedForAgainAndAgain() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      PromptAcknowledgement prompt = PromptAcknowledgement.of(client);
      assertThat(prompt.isSupported()).isTrue();
      prompt.request();
      prompt.request();
      assertThat(value(client)).isEqualTo(true);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void worksForTheSocketOfAChannel() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        SocketChannel channel = SocketChannel.open(server.getLocalSocketAddress())) {
      PromptAcknowledgement prompt = PromptAcknowledgement.of(channel.socket());
      prompt.request();
      assertThat(value(channel.socket())).isEqualTo(true);
    }
  }

  @Test
  void leavesAClosedConnectionToTheNextRead() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
      PromptAcknowledgement prompt = PromptAcknowledgement.of(client);
      client.close();
      prompt.request();
      assertThat(client.isClosed()).isTrue();
    }
  }
}
