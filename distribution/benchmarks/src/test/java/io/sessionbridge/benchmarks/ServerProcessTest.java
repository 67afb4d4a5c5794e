package io.sessionbridge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerProcessTest {

  @Test
  void aProgramIsFoundInThePath() throws Exception {
    assertThat(Path.of(ServerProcess.find("sh", "mqtt"))).isExecutable();
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatThrownBy(() -> ServerProcess.find("no-such-broker", "mqtt"))
        .isInstanceOf(MissingProgramException.class)
        .hasMessage("this machine has no no-such-broker, which mqtt needs");
  }
}
