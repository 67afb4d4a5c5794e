package io.sessionbridge.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextPatternTest {

  private final Random random = new Random(14);

  /** In the words of a regular expression, over few letters, so that they often match. */
  @Test
  void matchesWhatARegularExpressionMatches() {
    int matched = 0;
    for (int i = 0; i < 50_000; i++) {
      String text = randomText("aB*");
      String value = randomText("aAbB");
      Pattern expected =
          Pattern.compile(
              Stream.of(text.split("\\*", -1))
                  .map(part -> Pattern.quote(part.toLowerCase(Locale.ROOT)))
                  .collect(Collectors.joining(".*")));
      boolean matches = expected.matcher(value.toLowerCase(Locale.ROOT)).matches();
      assertThat(new TextPattern(text).matches(value)).as("%s %s", text, value).isEqualTo(matches);
      assertThat(new TextPattern(text).matches(value + "a", value.length())).isEqualTo(matches);
      matched += matches ? 1 : 0;
    }
    assertThat(matched).isBetween(5_000, 45_000);
  }

  private String randomText(String letters) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  @Test
  void takesAllLettersInAnyCase() {
    assertThat(new TextPattern("jürgen*").matches("JÜRGEN.MÜLLER")).isTrue();
    assertThat(new TextPattern("*мир").matches("МИР")).isTrue();
  }
}
