package io.sessionbridge.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {

  @ParameterizedTest
  @CsvSource({
    "HOST7, HOST7, , true",
    "host7, HOST7, host7.contoso.com, true",
    "host7, , HOST7.contoso.com, true",
    "host7, HOST7.contoso.com, , true",
    "host, HOST7, host7.contoso.com, false",
    "host7.contoso.com, HOST7, host7.contoso.com, true",
    "host7.contoso.com, HOST7.CONTOSO.COM, , true",
    "host7.contoso.com, HOST7, , false",
    "host7.fabrikam.com, HOST7, host7.contoso.com, false",
    "*.contoso.com, HOST7, host7.contoso.com, true",
    "*.contoso.com, HOST7, host7.lab.fabrikam.com, false",
    "LAB-*, lab-1, , true",
    "LAB-*-x, , lab-1-x.contoso.com, true",
    "LAB-*, HOST7, host7.contoso.com, false",
    "*, HOST7, , true",
    "*, , , false"
  })
  void namesHosts(String pattern, String name, String qualified, boolean named) {
    assertThat(HostPattern.of(pattern).matches(name, qualified)).isEqualTo(named);
  }
}
