package io.sessionbridge.windows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionCodeTest {

  @Test
  void hasTheNumbersOfTheHeader() {
    assertThat(SessionCode.of(0x1)).contains(SessionCode.CONSOLE_CONNECT);
    assertThat(SessionCode.of(0x2)).contains(SessionCode.CONSOLE_DISCONNECT);
    assertThat(SessionCode.of(0x3)).contains(SessionCode.REMOTE_CONNECT);
    assertThat(SessionCode.of(0x4)).contains(SessionCode.REMOTE_DISCONNECT);
    assertThat(SessionCode.of(0x5)).contains(SessionCode.SESSION_LOGON);
    assertThat(SessionCode.of(0x6)).contains(SessionCode.SESSION_LOGOFF);
    assertThat(SessionCode.of(0x7)).contains(SessionCode.SESSION_LOCK);
    assertThat(SessionCode.of(0x8)).contains(SessionCode.SESSION_UNLOCK);
    assertThat(SessionCode.of(0x9)).contains(SessionCode.SESSION_REMOTE_CONTROL);
    assertThat(SessionCode.of(0xA)).contains(SessionCode.SESSION_CREATE);
    assertThat(SessionCode.of(0xB)).contains(SessionCode.SESSION_TERMINATE);
    assertThat(SessionCode.of(0xF)).contains(SessionCode.SESSION_DESKTOP_READY);
  }

  @Test
  void returnsEmptyForUnknownCodes() {
    assertThat(SessionCode.of(0)).isEmpty();
    assertThat(SessionCode.of(0xC)).isEmpty();
    assertThat(SessionCode.of(-1)).isEmpty();
  }
}
