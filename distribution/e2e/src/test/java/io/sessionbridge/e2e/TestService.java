package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The bundle as an installed service. Closing it stops and removes the service. */
final class TestService implements AutoCloseable {

  private final Poster console;
  private final Poster caller;

  private TestService(Poster console, Poster caller) {
    this.console = console;
    this.caller = caller;
  }

  /**
   * Installs it, not started yet. Under Wine whoever runs the tests owns all files, and so may
   * change them.
   *
   * @param folder of the configuration
   */
  static TestService install(Wine wine, Path folder, String config) throws IOException {
    Path callers = Files.createDirectories(folder.resolve("callers"));
    TestService service =
        new TestService(wine.console(folder, List.of()), wine.talk(callers, ServiceCaller.class));
    assertThat(service.command("install", "--allow-writable", "--config", config))
        .contains("service SessionBridge is installed");
    return service;
  }

  /** Runs a command of {@code sessionbridge service}; what it printed. */
  String command(String... arguments) throws IOException {
    String all =
        String.join("\n", Stream.concat(Stream.of("service"), Stream.of(arguments)).toList());
    return CommandConsole.decoded(console.ask(CommandConsole.encoded(all)));
  }

  /** Before its start. */
  void addJavaOption(String option) throws IOException {
    assertThat(caller.ask("insert " + option)).isEqualTo("0");
  }

  void start() throws IOException {
    assertThat(caller.ask("start")).as("milliseconds").matches("\\d+");
  }

  @Override
  public void close() throws IOException {
    try {
      assertThat(command("uninstall")).contains("service SessionBridge is removed");
    } finally {
      console.close();
      caller.close();
    }
  }
}
