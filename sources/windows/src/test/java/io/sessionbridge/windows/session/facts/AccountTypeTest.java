package io.sessionbridge.windows.session.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountTypeTest {

  @ParameterizedTest
  @CsvSource({
    "S-1-5-21-1-2-3-1001, kim,    WS-7,             LOCAL",
    "S-1-5-21-1-2-3-1001, kim,    ws-7,             LOCAL",
    "S-1-5-21-1-2-3-1104, kim,    CONTOSO,          DOMAIN",
    ",                    kim,    CONTOSO,          DOMAIN",
    ",                    kim,    WS-7,             LOCAL",
    "S-1-12-1-1-2-3-4,    kim,    AzureAD,          ENTRA",
    "S-1-12-1-1-2-3-4,    kim,    CONTOSO,          ENTRA",
    ",                    kim,    AzureAD,          ENTRA",
    "S-1-5-90-0-1,        DWM-1,  Fenstermanager,   VIRTUAL",
    "S-1-5-96-0-1,        UMFD-1, Font Driver Host, VIRTUAL",
    "S-1-5-80-1-2-3,      x,      NT SERVICE,       VIRTUAL",
    ",                    DWM-12, Fenstermanager,   VIRTUAL",
    ",                    umfd-0, Font Driver Host, VIRTUAL",
    "S-1-5-18,            SYSTEM, NT AUTHORITY,     LOCAL",
    "S-1-5-21-1-2-3-1001, kim,    MicrosoftAccount, LOCAL",
    "S-1-5-21-1-2-3-1001, kim,    ,",
    ",                    ,       ,"
  })
  void isDeterminedBySidAndDomain(String sid, String user, String domain, AccountType type) {
    assertThat(
            AccountType.of(
                Optional.ofNullable(sid),
                Optional.ofNullable(user),
                Optional.ofNullable(domain),
                "WS-7"))
        .isEqualTo(Optional.ofNullable(type));
  }
}
