package io.sessionbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mistyped command line gets. */
class WrongUsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rnu               | sessionbridge: rnu is unknown, did you mean run?",
        "fly               | sessionbridge: fly is unknown, known are watch, run, validate,",
        "journal           | sessionbridge journal: one of show, check, export, repair, forget is",
        "journal chek      | sessionbridge journal: chek is unknown, did you mean check?",
        "driver            | sessionbridge driver: one of install, uninstall, status is missing",
        "service strat     | sessionbridge service: strat is unknown, did you mean start?",
        "state --wiat idle | sessionbridge state: --wiat is unknown, did you mean --wait?",
        "state --wait idel | sessionbridge state: --wait: idel is unknown, did you mean idle?",
        "state idle        | sessionbridge state: unexpected argument idle",
        "state --timeout 5 | sessionbridge state: --timeout: must have a unit (ms, s, m, h) like",
        "watch in.jsonl    | sessionbridge watch: accepts - or no argument, was in.jsonl; to read",
      })
  void saysWhatIsWrongAndWhatWasMeant(String arguments, String begin) {
    StringWriter err = new StringWriter();

    String[] words = arguments.split(" ");
    int code = Main.line(words).setErr(new PrintWriter(err, true)).execute(words);

    assertThat(code).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).startsWith(begin).contains(" --help.").hasLineCount(2);
  }
}
