package io.sessionbridge.windows.session.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

  @Test
  void readsBothVersions() throws Exception {
    assertThat(ClientAddress.of(Image.of("client-v4"), 24)).contains("192.0.2.7");
    assertThat(ClientAddress.of(Image.of("client-v6"), 24)).contains("2001:db8:0:0:0:0:0:7");
  }

  @Test
  void theConsoleHasNone() throws Exception {
    assertThat(ClientAddress.of(Image.of("client-console"), 24)).isEmpty();
  }

  @Test
  void anAddressOfZerosIsNone() {
    Memory memory = Image.of(new byte[24]);
    memory.setInt(0, 2);
    assertThat(ClientAddress.of(memory, 24)).isEmpty();
  }

  @Test
  void takesNothingShort() throws Exception {
    assertThat(ClientAddress.of(Image.of("client-v4"), 23)).isEmpty();
  }
}
