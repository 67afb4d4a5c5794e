package io.sessionbridge.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The class of an account. */
class AccountClassTest {

  @ParameterizedTest
  @CsvSource({
    "S-1-5-90-0-1, DWM-1, Window Manager, VIRTUAL",
    "S-1-5-96-0-2, , , VIRTUAL",
    "S-1-5-80-956008885-3418522649, TrustedInstaller, NT SERVICE, VIRTUAL",
    "S-1-5-82-3006700770, DefaultAppPool, IIS APPPOOL, VIRTUAL",
    "S-1-5-18, SYSTEM, NT AUTHORITY, SERVICE",
    "S-1-5-19, , , SERVICE",
    "S-1-5-20, NETZWERKDIENST, NT-AUTORITÄT, SERVICE",
    "S-1-5-21-1-2-3-1103, HOST7$, CONTOSO, SERVICE",
    "S-1-5-21-1-2-3-1001, DWM-1, CONTOSO, PERSON",
    "S-1-12-1-1-2-3-4, KimLee, AzureAD, PERSON",
    ", DWM-12, Window Manager, VIRTUAL",
    ", dwm-1, , VIRTUAL",
    ", DWM-1, Gestionnaire de fenêtres, VIRTUAL",
    ", UMFD-0, Font Driver Host, VIRTUAL",
    ", UMFD-3, Hôte de pilote de police, VIRTUAL",
    ", DWM-1, CONTOSO, PERSON",
    ", DWM-A, , PERSON",
    ", SYSTEM, NT-AUTORITÄT, SERVICE",
    ", Système, AUTORITE NT, SERVICE",
    ", SYSTEM, , SERVICE",
    ", HOST7$, CONTOSO, SERVICE",
    ", kim, CONTOSO, PERSON",
    ", , , PERSON"
  })
  void isClassified(
      @Nullable String sid, @Nullable String name, @Nullable String domain, AccountClass expected) {
    assertThat(AccountClass.of(sid, name, domain)).isEqualTo(expected);
  }

  @Test
  void sessionZeroIsAServiceAccount() {
    assertThat(AccountClass.of(TestingHost.data(Kind.SESSION_CREATE, 0).build()))
        .isEqualTo(AccountClass.SERVICE);
    assertThat(
            AccountClass.of(
                TestingHost.data(Kind.LOGON, 0)
                    .put(Field.USER_NAME, "UMFD-0")
                    .put(Field.USER_DOMAIN, "Font Driver Host")
                    .build()))
        .isEqualTo(AccountClass.VIRTUAL);
  }
}
