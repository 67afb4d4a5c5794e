package io.sessionbridge.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.control.JsonLine;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

  /** JSON escapes U+001B itself, but not the control sequence introducer of one character. */
  @Test
  void steersNoTerminal() throws Exception {
    String name = "kim\u001b[2J\u009b2J\u007f\u202e\u00e4";
    byte[] line = JsonOutput.line(JsonLine.of("user_name", name));
    String text = new String(line, UTF_8);
    assertThat(text)
        .endsWith("}\n")
        .contains("\\u009B", "\u00e4")
        .doesNotContain("\u001b", "\u009b", "\u007f", "\u202e");
    assertThat(JsonLine.parse(text.strip().getBytes(UTF_8)).text("user_name")).hasValue(name);
  }
}
