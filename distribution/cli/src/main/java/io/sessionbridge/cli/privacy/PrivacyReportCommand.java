package io.sessionbridge.cli.privacy;

import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports which personal data an agent with this configuration discloses, and to whom. */
@Command(
    name = "report",
    description =
        "Reports for this configuration which personal data goes where, how it is protected, and"
            + " how long it stays on disk.",
    mixinStandardHelpOptions = true)
final class PrivacyReportCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(names = "--markdown", description = "As Markdown, for documents.")
  private boolean markdown;

  @Override
  public Integer call() {
    LogLevel.set("error");
    PrivacyReport report = PrivacyReport.of(config.read(BridgeModule.injector()));
    (markdown ? report.markdown() : report.plain()).forEach(System.out::println);
    return ExitCode.DONE;
  }
}
