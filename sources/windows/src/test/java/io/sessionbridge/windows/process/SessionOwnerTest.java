package io.sessionbridge.windows.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionOwnerTest {

  private static final String SID = "S-1-5-21-1-2-3-1001";
  private static final String OTHER = "S-1-5-21-1-2-3-1002";

  private static boolean is(String sid, String name, String domain, String account)
      throws ProcessException {
    return new SessionOwner(known(sid), known(name), known(domain)).is(SID, () -> known(account));
  }

  private static Optional<String> known(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  @Test
  void isWhoHasTheSid() throws Exception {
    assertThat(is(SID, "kim", "CONTOSO", "OLD\\name")).isTrue();
    assertThat(is(OTHER, "kim", "CONTOSO", "CONTOSO\\kim")).isFalse();
  }

  /** The number of a session is given to the next user. */
  @Test
  void withoutASidIsWhoIsCalledSo() throws Exception {
    assertThat(is("", "kim", "CONTOSO", "CONTOSO\\Kim")).isTrue();
    assertThat(is("", "kim", "CONTOSO", "CONTOSO\\lee")).isFalse();
    assertThat(is("", "kim", "CONTOSO", "WS-1\\kim")).isFalse();
    assertThat(is("", "kim", "CONTOSO", "")).isFalse();
    assertThat(is("", "kim", "", "CONTOSO\\kim")).isFalse();
    assertThat(is("", "kim", "", "kim")).isFalse();
    assertThat(is("", "", "CONTOSO", "CONTOSO\\kim")).isFalse();
    assertThat(SessionOwner.ANY.is(SID, Optional::empty)).isTrue();
  }

  @Test
  void aNameThatCannotBeFoundOutIsNoOther() {
    SessionOwner kim =
        new SessionOwner(Optional.empty(), Optional.of("kim"), Optional.of("CONTOSO"));
    assertThatThrownBy(
            () ->
                kim.is(
                    SID,
                    () -> {
                      throw new ProcessException("LookupAccountSid", 1789);
                    }))
        .isInstanceOf(ProcessException.class);
  }
}
