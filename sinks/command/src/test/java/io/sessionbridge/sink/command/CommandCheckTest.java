package io.sessionbridge.sink.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.sink.command.config.CommandSinkConfig;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingSinkContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class CommandCheckTest {

  private static final ConfigSpec<CommandSinkConfig> SPEC = CommandSinkConfig.SPEC;

  @TempDir private Path folder;

  private void connect(Path program) throws Exception {
    CommandSinkConfig config =
        TestingConfig.read(SPEC, "on: [logon]\nrun: ['" + program + "']\nreplayed: true");
    try (Sink check =
        new CommandSinkFactory()
            .createCheck(new TestingSinkContext(new TestingClock(), folder), config)) {
      check.connect();
    }
  }

  @Test
  void distinguishesAMissingProgramFromOneThatIsNotExecutable() throws IOException {
    Path program = folder.resolve("apply");
    assertThatThrownBy(() -> connect(program))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("run: " + program + " does not exist");
    Files.writeString(program, "#!/bin/sh\n");
    assertThatThrownBy(() -> connect(program))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("run: " + program + " is not executable");
    assertThatThrownBy(() -> connect(folder))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("run: " + folder + " is a folder, and must be a program");
  }
}
