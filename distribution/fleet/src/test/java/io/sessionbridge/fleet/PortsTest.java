package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  /** Before either has started a broker. */
  @Test
  void runsThatStartTogetherGetDifferentPorts() throws Exception {
    try (Ports one = Ports.reserve(7);
        Ports other = Ports.reserve(7)) {
      assertThat(one.numbers()).hasSize(7).doesNotHaveDuplicates();
      assertThat(other.numbers()).hasSize(7).doesNotContainAnyElementsOf(one.numbers());
    }
  }

  @Test
  void omitsPortsThatAreTaken() throws Exception {
    int taken;
    try (Ports ports = Ports.reserve(3)) {
      taken = ports.numbers().get(1);
    }
    try (ServerSocket socket = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress());
        Ports ports = Ports.reserve(3)) {
      assertThat(socket.isBound()).isTrue();
      assertThat(ports.numbers()).hasSize(3).doesNotContain(taken);
    }
  }

  @Test
  void refusesMoreThanABlockHas() {
    assertThatThrownBy(() -> Ports.reserve(64))
        .isInstanceOf(IOException.class)
        .hasMessage("no block of 64 ports has 64 free ports: 17000 to 29799");
  }
}
