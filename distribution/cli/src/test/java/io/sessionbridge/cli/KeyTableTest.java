package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.config.Key;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTableTest {

  @Test
  void tellsWhatAWordMayBeAndWrapsWhatIsLong() {
    Key<String> facility =
        Key.oneOf(
                "facility",
                List.of(
                    "kernel", "user", "mail", "daemon", "auth", "syslog", "printers", "journal"))
            .orElse("auth", "where it is from");

    assertThat(new KeyTable().add("format", "a word", "what it is").add(List.of(facility)).lines())
        .containsExactly(
            "  format                   a word",
            "                           what it is",
            "  facility                 one of kernel, user, mail, daemon, auth, syslog, printers, journal;",
            "                           default auth",
            "                           where it is from");
  }
}
