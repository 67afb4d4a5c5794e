package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that an installer runs as the system, in a Java without the options of the service.
 * Others may write in the temporary folder of the system.
 */
@Timeout(300)
class NativeLibrariesIT {

  @TempDir Path folder;

  @Test
  void areNotUnpackedIntoTheTemporaryFolder() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path config = Files.writeString(folder.resolve("wrong.yaml"), "sinks: {out: {type: no}}");
    assertThat(service(temporary, "status")).contains("SessionBridge is not installed");
    // writes the refusal to the Application log
    assertThat(service(temporary, "install", "--config", Wine.windowsPath(config)))
        .contains("sinks.out.type must be one of");
    assertThat(temporary).isEmptyDirectory();
  }

  private String service(Path temporary, String... arguments) throws Exception {
    List<String> options = List.of("-Djava.io.tmpdir=" + Wine.windowsPath(temporary));
    String[] all = Stream.concat(Stream.of("service"), Stream.of(arguments)).toArray(String[]::new);
    try (WindowsProgram program = Wine.orSkip().start(folder, options, all)) {
      program.awaitEnd();
      return program.out() + program.err();
    }
  }
}
