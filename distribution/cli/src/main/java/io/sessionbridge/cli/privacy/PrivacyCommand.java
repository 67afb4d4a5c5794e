package io.sessionbridge.cli.privacy;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Pseudonyms and the privacy report. */
@Command(
    name = "privacy",
    description =
        "Finds the pseudonyms of a name, or reports which personal data goes where. Changes"
            + " nothing.",
    mixinStandardHelpOptions = true,
    subcommands = {PrivacyFindCommand.class, PrivacyReportCommand.class})
public final class PrivacyCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called by picocli");
    }
    throw new ParameterException(
        spec.commandLine(), "sessionbridge privacy: one of find, report is missing");
  }
}
