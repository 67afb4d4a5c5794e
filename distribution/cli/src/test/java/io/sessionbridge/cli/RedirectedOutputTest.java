package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class RedirectedOutputTest {

  private static boolean usesCodePage(String system, String nativeEncoding, String encoding) {
    Properties properties = new Properties();
    properties.setProperty("os.name", system);
    properties.setProperty("native.encoding", nativeEncoding);
    if (!encoding.isEmpty()) {
      properties.setProperty("stdout.encoding", encoding);
    }
    return RedirectedOutput.usesCodePage("stdout.encoding", properties);
  }

  @Test
  void aRedirectedStreamHasTheNativeEncoding() {
    assertThat(usesCodePage("Windows 11", "Cp1252", "Cp1252")).isTrue();
    assertThat(usesCodePage("Windows Server 2022", "MS932", "MS932")).isTrue();
  }

  @Test
  void aConsoleKeepsItsCodePage() {
    assertThat(usesCodePage("Windows 11", "Cp1252", "cp850")).isFalse();
    assertThat(usesCodePage("Windows 11", "Cp1252", "cp1252")).isFalse();
    assertThat(usesCodePage("Windows 11", "MS932", "ms932")).isFalse();
    assertThat(usesCodePage("Windows 11", "GBK", "ms936")).isFalse();
  }

  @Test
  void java17HasNoSuchProperty() {
    assertThat(usesCodePage("Windows 11", "Cp1252", "")).isFalse();
  }

  @Test
  void elsewhereTheLocaleDecides() {
    assertThat(usesCodePage("Linux", "ISO-8859-1", "ISO-8859-1")).isFalse();
  }
}
