package io.sessionbridge.format.siem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

  @Test
  void theLettersAndDigitsOfAsciiStay() {
    StringBuilder all = new StringBuilder("_");
    for (char c = 0; c < 300; c++) {
      all.append(c);
    }
    assertThat(Names.pascal(all.toString()))
        .isEqualTo("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    assertThat(Names.pascal("last_locked_seconds")).isEqualTo("LastLockedSeconds");
    assertThat(Names.camel("last_locked_seconds")).isEqualTo("lastLockedSeconds");
    assertThat(Names.pascal("__x__9 y_漢")).isEqualTo("X9y");
    assertThat(Names.camel("_漢_")).isEmpty();
  }
}
