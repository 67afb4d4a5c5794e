package io.sessionbridge.analytics;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one question. */
@Command(
    name = "sessionbridge-report",
    description = "Answers a question about the sessions of a fleet.",
    mixinStandardHelpOptions = true,
    version = "sessionbridge-report",
    subcommands = {QuestionsCommand.class, CompactCommand.class, TablesCommand.class})
final class ReportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "QUESTION",
      arity = "0..1",
      description = "Its name or its number; \"sessionbridge-report questions\" lists them.")
  private String question = "";

  @Mixin private LakeOptions lake = new LakeOptions();

  @ArgGroup private @Nullable Output output;

  /** How the answer is written; at most one of these. */
  static final class Output {
    @Option(names = "--csv", description = "Prints CSV.")
    private boolean csv;

    @Option(names = "--json", description = "Prints an object a line.")
    private boolean json;

    @Option(names = "--chart", paramLabel = "SVG", description = "Draws a chart into a file.")
    private @Nullable Path chart;
  }

  @Override
  public Integer call() throws ReportException, IOException {
    Question asked =
        Question.find(question)
            .orElseThrow(
                () ->
                    new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        (question.isEmpty() ? "a question is missing" : "no question " + question)
                            + "; there are "
                            + Arrays.stream(Question.values())
                                .map(Question::id)
                                .collect(Collectors.joining(", "))));
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Path chart = output == null ? null : output.chart;
    if (chart != null && asked.chart().isEmpty()) {
      throw new ReportException("there is no chart for " + asked.id() + "; a table says more");
    }
    Answer answer;
    try (Lake events = lake.load(err)) {
      answer = events.ask(asked);
    }
    err.flush();
    if (chart != null) {
      Files.writeString(chart, ChartSvg.draw(asked, answer));
      return 0;
    }
    if (output != null && output.csv) {
      out.print(AnswerText.csv(answer));
    } else if (output != null && output.json) {
      out.print(AnswerText.json(answer));
    } else {
      out.print(AnswerText.table(answer));
    }
    out.flush();
    return 0;
  }
}
