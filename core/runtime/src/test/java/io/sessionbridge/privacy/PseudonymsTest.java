package io.sessionbridge.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pseudonym of a name, and the spellings that share one. */
class PseudonymsTest {

  static final String KEY = "0123456789abcdef0123456789abcdef";

  private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

  /** Computed by: printf 'sessionbridge/user\\0kim' | openssl dgst -sha256 -hmac KEY. */
  @Test
  void matchOpenssl() {
    assertThat(pseudonyms.of(NameType.USER, "kim")).isEqualTo("u-dd7e967ce6f58313ad73c530");
    assertThat(pseudonyms.of(NameType.HOST, "HOST7")).isEqualTo("h-dc0094d8ddb2e907c3ef98ef");
    assertThat(pseudonyms.keyId()).isEqualTo("74c49657");
  }

  @ParameterizedTest
  @CsvSource({
    "USER, kim, KIM",
    "USER, kim, CONTOSO\\Kim",
    "USER, ' kim', kim",
    "USER, J\u00fcrgen, ju\u0308rgen",
    "UPN, Kim@Contoso.com, kim@contoso.com",
    "SID, S-1-5-21-1-1001, s-1-5-21-1-1001",
    "DOMAIN, contoso.com., CONTOSO.COM",
    "LOGON, 0x3E7, 3e7",
    "LOGON, 0x00000000000003e7, 0x3e7",
    "CLIENT, LAPTOP-3, laptop-3",
    "ADDRESS, fe80::1%12, FE80:0:0:0:0:0:0:1",
    "ADDRESS, ::ffff:192.0.2.7, 192.0.2.7",
    "HOST, HOST7, host7",
    "HOST, host7.contoso.com., HOST7.CONTOSO.COM",
    "HOST, '\\\\DC1', dc1",
    "HOST_ID, 6F0C, 6f0c",
  })
  void areEqualForAllSpellings(NameType type, String one, String other) {
    assertThat(pseudonyms.of(type, one)).isEqualTo(pseudonyms.of(type, other));
  }

  @ParameterizedTest
  @CsvSource({"kim, kin", "host7.contoso.com, host7", "0x3e7, 0x3e8"})
  void differForOtherNames(String one, String other) {
    assertThat(pseudonyms.of(NameType.HOST, one)).isNotEqualTo(pseudonyms.of(NameType.HOST, other));
  }

  @Test
  void differByTypeAndByKey() {
    assertThat(pseudonyms.of(NameType.USER, "x").substring(2))
        .isNotEqualTo(pseudonyms.of(NameType.HOST, "x").substring(2));
    Pseudonyms others = new Pseudonyms(KEY + "!");
    assertThat(others.of(NameType.USER, "x")).isNotEqualTo(pseudonyms.of(NameType.USER, "x"));
    assertThat(others.keyId()).isNotEqualTo(pseudonyms.keyId());
  }

  @Test
  void recognizeAUpnAsTheName() {
    assertThat(pseudonyms.ofUser("Kim@contoso.com"))
        .isEqualTo(pseudonyms.of(NameType.UPN, "kim@contoso.com"));
    assertThat(pseudonyms.ofUser("CONTOSO\\kim")).isEqualTo(pseudonyms.of(NameType.USER, "kim"));
  }

  @Test
  void needALongKey() {
    assertThatThrownBy(() -> new Pseudonyms(KEY.substring(1)))
        .hasMessage("a key must have at least 32 bytes, had 31");
  }
}
