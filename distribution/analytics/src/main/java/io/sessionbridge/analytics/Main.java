package io.sessionbridge.analytics;

import picocli.CommandLine;

/** The program {@code sessionbridge-report}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int code = execute(args);
    System.out.flush();
    System.exit(code);
  }

  static int execute(String... args) {
    return new CommandLine(new ReportCommand())
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(TimeSpan.class, TimeSpan::parse)
        .execute(args);
  }

  private static int explain(Exception e, CommandLine line) throws Exception {
    if (e instanceof ReportException) {
      line.getErr().println("sessionbridge-report: " + e.getMessage());
      return 1;
    }
    throw e;
  }
}
