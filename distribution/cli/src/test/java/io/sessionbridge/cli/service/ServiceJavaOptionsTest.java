package io.sessionbridge.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.cli.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceJavaOptionsTest {

  private final List<String> reported = new ArrayList<>();

  private List<String> of(Map<String, String> environment, String... given)
      throws CommandException {
    return ServiceJavaOptions.of(List.of(given), environment, reported::add);
  }

  /** The options of the start script, and more of memory. */
  @Test
  void keepsWhatAServiceMayHaveInItsOrder() throws Exception {
    String[] options = {
      "-Xms20m",
      "-Xmx96m",
      "-XX:NewSize=12m",
      "-XX:SurvivorRatio=4",
      "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1",
      "-XX:Tier3BackEdgeThreshold=3000",
      "-XX:Tier3MinInvocationThreshold=10",
      "-XX:+ExitOnOutOfMemoryError",
      "-XX:-UsePerfData",
      "-Dfile.encoding=UTF-8",
      "--enable-native-access=ALL-UNNAMED",
      "-Xmx1g",
      "-Dsessionbridge.log.level=DEBUG"
    };
    assertThat(of(Map.of(), options)).containsExactly(options);
    assertThat(reported).isEmpty();
  }

  @Test
  void leavesOutWhatIsAboutThisCall() throws Exception {
    assertThat(
            of(
                Map.of(),
                "-Xrs",
                "-Dsessionbridge.home=C:\\sb",
                "-Dsessionbridge.terminal=true",
                "-Dsessionbridge.data=C:\\data"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-javaagent:C:\\evil.jar",
        "-agentpath:C:\\evil.dll",
        "-agentlib:jdwp=transport=dt_socket",
        "-Xbootclasspath/a:C:\\evil.jar",
        "-Djna.boot.library.path=C:\\evil",
        "-Djava.library.path=C:\\evil",
        "-Dfile.encoding=Cp1252",
        "-XX:OnOutOfMemoryError=calc.exe",
        "-XX:Flags=C:\\evil.txt",
        "-XX:NewSize=12m;calc",
        "-Xmx96m -javaagent:x",
        "-Xrunhprof",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=other",
        "-ea"
      })
  void refusesAnyOther(String option) {
    assertThatThrownBy(() -> of(Map.of(), "-Xmx96m", option))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "a service does not accept the option "
                + option
                + " of Java: allowed are -Xmx, -Xms, -Xmn, -Xss, -Dsessionbridge.*, and of -XX"
                + " ExitOnOutOfMemoryError, MaxDirectMemorySize, MaxMetaspaceSize, MaxNewSize,"
                + " NewSize, ReservedCodeCacheSize, SurvivorRatio, Tier3BackEdgeThreshold,"
                + " Tier3MinInvocationThreshold, TieredStopAtLevel, UseG1GC, UseParallelGC,"
                + " UsePerfData, UseSerialGC; remove it from SESSIONBRIDGE_JAVA_OPTS or, with the"
                + " MSI package, from JAVAOPTIONS");
  }

  @Test
  void takesNothingFromTheEnvironmentNotEvenWhatIsAllowed() throws Exception {
    assertThat(
            of(
                Map.of(
                    "JAVA_TOOL_OPTIONS", " -javaagent:apm.jar  -Xmx4g ",
                    "JDK_JAVA_OPTIONS", "\"-Dx=a b\" -Xms1g",
                    "_JAVA_OPTIONS", "-Xmx96m"),
                "-javaagent:apm.jar",
                "-Xmx4g",
                "-Dx=a b",
                "-Xms1g",
                "-Xms20m",
                "-Xmx96m",
                "-Xmx96m"))
        .containsExactly("-Xms20m", "-Xmx96m");
    assertThat(reported)
        .containsExactly(
            "the service ignores the options in JAVA_TOOL_OPTIONS: -javaagent:apm.jar  -Xmx4g",
            "the service ignores the options in JDK_JAVA_OPTIONS: \"-Dx=a b\" -Xms1g",
            "the service ignores the options in _JAVA_OPTIONS: -Xmx96m");
  }
}
