package io.sessionbridge.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class UntrustedTextTest {

  @Test
  void keepsWhatIsSafe() {
    String text = "550 äß漢\uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD \uD83D\uDC69\u200D\uD83D\uDCBB";
    assertThat(UntrustedText.part(text)).isSameAs(text);
  }

  @Test
  void staysOnOneLine() {
    assertThat(UntrustedText.part("a\nb\r\nc\td\u2028e\u2029f\u0085g\u000Bh"))
        .isEqualTo("a b  c d e f g h");
  }

  @Test
  void controlsNoTerminal() {
    assertThat(UntrustedText.part("\u001B[31m\u0007\0\u007F\u009B2J"))
        .isEqualTo("\uFFFD[31m\uFFFD\uFFFD\uFFFD\uFFFD2J");
  }

  @Test
  void readsInOneDirection() {
    assertThat(UntrustedText.part("\u202Egnp.exe\u2066\u2069\u200E\u200F\u061C"))
        .isEqualTo("\uFFFDgnp.exe\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
  }

  @Test
  void repairsHalvesOfPairs() {
    assertThat(UntrustedText.part("\uD83D \uDE00")).isEqualTo("\uFFFD \uFFFD");
  }

  @Test
  void cutsLongText() {
    assertThat(UntrustedText.part("x".repeat(500))).isEqualTo("x".repeat(500));
    assertThat(UntrustedText.part("x".repeat(501))).isEqualTo("x".repeat(494) + " [cut]");
    assertThat(UntrustedText.message("x".repeat(100_000))).isEqualTo("x".repeat(994) + " [cut]");
  }

  @Test
  void cutsBetweenCodePoints() {
    assertThat(UntrustedText.part("x" + "\uD83D\uDE00".repeat(250)))
        .isEqualTo("x" + "\uD83D\uDE00".repeat(246) + " [cut]");
  }

  @Test
  void nothingIsNamed() {
    assertThat(UntrustedText.part(null)).isEqualTo("null");
  }

  @Test
  void escapesInJsonWhatSteersATerminal() {
    byte[] safe = "{\"user\":\"a\\u001b\\n äß\uD83D\uDE00\"}".getBytes(UTF_8);
    assertThat(UntrustedText.escaped(safe)).isSameAs(safe);
    byte[] leef = "LEEF:2.0|a|b|1|lock|x09|usrName=kim\tdomain=C".getBytes(UTF_8);
    assertThat(UntrustedText.escaped(leef)).isSameAs(leef);
    byte[] json = "{\"user\":\"\u007F\u009B2J\u2028\u202Eß\uD83D\uDE00\"}".getBytes(UTF_8);
    assertThat(new String(UntrustedText.escaped(json), UTF_8))
        .isEqualTo("{\"user\":\"\\u007F\\u009B2J\\u2028\\u202Eß\uD83D\uDE00\"}");
  }

  /** Whatever comes in: short, safe, and the same when done twice. */
  @Test
  void anything() {
    Random random = new Random(12);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(1_500);
      while (text.length() < length) {
        text.append((char) random.nextInt(random.nextBoolean() ? 0x10000 : 0x300));
      }
      String part = UntrustedText.part(text.toString());
      assertThat(part.length()).isLessThanOrEqualTo(500);
      assertThat(part.codePoints().noneMatch(UntrustedText::isUnsafe)).isTrue();
      assertThat(UntrustedText.message(UntrustedText.part(part))).isSameAs(part);
    }
  }
}
