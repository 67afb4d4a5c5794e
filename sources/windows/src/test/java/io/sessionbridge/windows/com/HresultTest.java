package io.sessionbridge.windows.com;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HresultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "80040154 | 0x80040154 (REGDB_E_CLASSNOTREG): this Windows has no COM+ event system",
        "800401F3 | 0x800401F3 (CO_E_CLASSSTRING): this Windows has no COM+ event system",
        "800706BA | 0x800706BA: the service EventSystem is not running",
        "80070005 | 0x80070005 (E_ACCESSDENIED): access is denied; only administrators and services"
            + " may subscribe for all users",
        "80040207 | 0x80040207 (EVENT_E_INVALID_PER_USER_SID): this account may not subscribe for"
            + " one user",
        "8004020B | 0x8004020B (EVENT_E_NOT_ALL_REMOVED): a subscription could not be removed",
        "80010106 | 0x80010106 (RPC_E_CHANGED_MODE): something else in this program made the thread"
            + " single-threaded for COM",
        "80040206 | 0x80040206 (EVENT_E_INTERNALERROR): the COM+ event system failed; the event log"
            + " has more",
        "8123ABCD | 0x8123ABCD"
      })
  void describesEachResult(String hex, String text) {
    assertThat(Hresult.text(Integer.parseUnsignedInt(hex, 16))).isEqualTo(text);
  }

  /** A constant with a name of its own must not fall through to the bare number. */
  @Test
  void knowsTheMeaningOfEachFailureItNames() throws IllegalAccessException {
    for (Field constant : Hresult.class.getDeclaredFields()) {
      if (Modifier.isStatic(constant.getModifiers()) && constant.getType() == int.class) {
        int result = constant.getInt(null);
        assertThat(Hresult.text(result).contains(": "))
            .as(constant.getName())
            .isEqualTo(Hresult.failed(result));
      }
    }
  }
}
