package io.sessionbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeverityTest {

  private static Set<Kind> kinds(Severity severity) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.severity() == severity)
        .collect(Collectors.toSet());
  }

  @Test
  void severitiesOfTheKinds() {
    assertThat(kinds(Severity.WARNING)).containsExactly(Kind.GAP);
    assertThat(kinds(Severity.CAUTION)).containsExactly(Kind.REMOTE_CONTROL);
    assertThat(kinds(Severity.NOTICE))
        .isEqualTo(
            EnumSet.of(
                Kind.LOGON,
                Kind.LOGOFF,
                Kind.REMOTE_CONNECT,
                Kind.REMOTE_DISCONNECT,
                Kind.HOST_SHUTDOWN,
                Kind.CLOCK_CHANGE,
                Kind.BRIDGE_START,
                Kind.BRIDGE_STOP));
    assertThat(kinds(Severity.INFORMATIONAL)).contains(Kind.LOCK, Kind.BRIDGE_HEARTBEAT);
  }

  @Test
  void everyScaleHasItsNumbers() {
    assertThat(Severity.values()).extracting(Severity::syslog).containsExactly(6, 5, 5, 4);
    assertThat(Severity.values()).extracting(Severity::oneToTen).containsExactly(1, 3, 5, 6);
    assertThat(Severity.values()).extracting(Severity::ocsf).containsExactly(1, 1, 2, 3);
  }
}
