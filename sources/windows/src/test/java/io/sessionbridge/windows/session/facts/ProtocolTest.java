package io.sessionbridge.windows.session.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {

  @ParameterizedTest
  @CsvSource({
    "Console,        0, CONSOLE",
    "console,        0, CONSOLE",
    "RDP-Tcp#3,      2, RDP",
    "rdp-sxs2019#1,  2, RDP",
    "ICA-CGP#0,      0, ICA",
    "ICA-TCP#12,     1, ICA",
    "PCOIP#1,        0, PCOIP",
    "BLAST#1,        0, UNKNOWN",
    "Services,       0, UNKNOWN",
    "31C5CE94259D4006A9E4#0, 2, RDP",
    "'',             2, RDP",
    "'',             1, ICA",
    "'',             0,",
    "'',              ,",
    "BLAST#1,         , UNKNOWN"
  })
  void prefersTheStationToTheType(String station, Integer type, Protocol protocol) {
    assertThat(Protocol.of(Optional.of(station), Optional.ofNullable(type)))
        .isEqualTo(Optional.ofNullable(protocol));
  }

  @Test
  void aStationThatIsNotKnownIsNoConsole() {
    assertThat(Protocol.of(Optional.empty(), Optional.of(0))).isEmpty();
  }
}
