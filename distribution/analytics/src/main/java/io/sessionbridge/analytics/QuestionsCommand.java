package io.sessionbridge.analytics;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what can be asked. */
@Command(name = "questions", description = "Lists the questions.", mixinStandardHelpOptions = true)
final class QuestionsCommand implements Callable<Integer> {

  @Option(names = "--sql", description = "Prints their SQL, too.")
  private boolean sql;

  @Override
  public Integer call() {
    for (Question question : Question.values()) {
      System.out.printf("%2d  %-20s  %s%n", question.number(), question.id(), question.title());
      if (sql) {
        System.out.println(question.sql());
      }
    }
    return 0;
  }
}
