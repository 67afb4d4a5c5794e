package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A command that keeps running is parsed without the others, and nobody notices. */
class ResidentCommandTest {

  static Set<String> names() {
    return Main.RESIDENT.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void hasTheSameHelpAsAmongAllCommands(String name) {
    CommandLine alone = Main.line(name, "--help");
    CommandLine among = Main.line();

    assertThat(alone.getSubcommands()).containsOnlyKeys(name);
    assertThat(among.getSubcommands()).hasSizeGreaterThan(10).containsKey(name);
    assertThat(help(alone, name)).isEqualTo(help(among, name));
    assertThat(alone.getCommandSpec().version()).isEqualTo(among.getCommandSpec().version());
  }

  private static Stream<String> lines(CommandLine command) {
    return Stream.concat(
        command.getUsageMessage().lines(),
        command.getSubcommands().values().stream().flatMap(ResidentCommandTest::lines));
  }

  private static String help(CommandLine program, String name) {
    return String.join("\n", lines(program.getSubcommands().get(name)).toList());
  }
}
