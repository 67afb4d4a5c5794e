package io.sessionbridge.windows.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

  private static final int NONE_MAPPED = 1332;

  @Test
  void returnsNoNameForAnUnknownSid() throws Exception {
    assertThat(AccountName.none(NONE_MAPPED)).isEmpty();
  }

  /** No domain controller, a broken trust, no memory: the caller may retry. */
  @ParameterizedTest
  @ValueSource(ints = {5, 8, 1311, 1355, 1722, 1788, 1789})
  void throwsIfTheLookupFails(int error) {
    assertThatThrownBy(() -> AccountName.none(error))
        .isInstanceOfSatisfying(
            ProcessException.class,
            e -> {
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.isUserGone()).isFalse();
            })
        .hasMessageStartingWith("LookupAccountSid failed with error " + error);
  }

  @Test
  void isWrittenWithItsDomainIfItHasOne() {
    assertThat(AccountName.text("CONTOSO", "Students")).isEqualTo("CONTOSO\\Students");
    assertThat(AccountName.text("", "Everyone")).isEqualTo("Everyone");
  }
}
