package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final Problems problems = new Problems();

  @Test
  void throwsNothingWithoutProblems() {
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }

  @Test
  void areInTheOrderOfTheLinesAndEachIsReportedOnce() {
    problems.add(new Place("sb.yaml", 12, "sinks.lake.topic"), "is missing");
    problems.add(new Place("sb.yaml", 3, "b"), "second of its line");
    problems.add(new Place("sb.yaml", 3, "a"), "third of its line");
    problems.add(new Place("sb.yaml", 0, ""), "is old");
    problems.add(new Place("sb.yaml", 12, "sinks.lake.topic"), "is missing");
    ConfigException thrown = catchThrowableOfType(ConfigException.class, problems::throwIfAny);
    assertThat(thrown)
        .hasMessage(
            """
            sb.yaml: is old
            sb.yaml:3: b second of its line
            sb.yaml:3: a third of its line
            sb.yaml:12: sinks.lake.topic is missing""");
    assertThat(thrown.problems()).hasSize(4).isEqualTo(problems.sorted());
  }

  @Test
  void onlyTheFirstHundredAreShown() {
    for (int line = 1; line <= 103; line++) {
      problems.add(new Place("sb.yaml", line, "k"), "is wrong");
    }
    assertThat(problems.toString().lines())
        .hasSize(101)
        .startsWith("sb.yaml:1: k is wrong")
        .endsWith("sb.yaml:100: k is wrong", "and 3 more problems");
    assertThat(problems.sorted()).hasSize(103);
  }
}
