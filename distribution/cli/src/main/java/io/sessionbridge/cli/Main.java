package io.sessionbridge.cli;

import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.bridge.Version;
import io.sessionbridge.cli.ask.StateCommand;
import io.sessionbridge.cli.ask.StatusCommand;
import io.sessionbridge.cli.ask.TapCommand;
import io.sessionbridge.cli.ask.WhenIdleCommand;
import io.sessionbridge.cli.cache.ClassCacheCommand;
import io.sessionbridge.cli.demo.DemoCommand;
import io.sessionbridge.cli.driver.DriverCommand;
import io.sessionbridge.cli.journal.JournalCommand;
import io.sessionbridge.cli.privacy.PrivacyCommand;
import io.sessionbridge.cli.run.RunCommand;
import io.sessionbridge.cli.service.ServiceCommand;
import io.sessionbridge.cli.watch.WatchCommand;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.windows.WindowsException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The program {@code sessionbridge}. */
@Command(
    name = "sessionbridge",
    description =
        "Sends every user-session event of this host through a durable journal to Kafka, MQTT,"
            + " syslog and files.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.ProgramVersion.class,
    subcommands = {
      WatchCommand.class,
      RunCommand.class,
      ValidateCommand.class,
      StatusCommand.class,
      StateCommand.class,
      TapCommand.class,
      WhenIdleCommand.class,
      PluginsCommand.class,
      JournalCommand.class,
      PrivacyCommand.class,
      DemoCommand.class,
      DriverCommand.class,
      ServiceCommand.class,
      ClassCacheCommand.class
    })
public final class Main implements Callable<Integer> {

  /** The commands that keep running, by name. */
  static final Map<String, Class<?>> RESIDENT =
      Map.of("run", RunCommand.class, "service", ServiceCommand.class);

  /** The program without its commands; one of them is added. */
  @Command(
      name = "sessionbridge",
      mixinStandardHelpOptions = true,
      versionProvider = ProgramVersion.class)
  private static final class WithoutCommands {}

  @Override
  public Integer call() {
    System.err.println("sessionbridge: a command is missing");
    CommandLine.usage(this, System.err);
    return ExitCode.USAGE;
  }

  public static void main(String[] args) {
    // Guice would define classes in a way that Java 24 and later warn about. Reflection is enough
    // for the few calls that the agent needs.
    System.setProperty("guice_bytecode_gen_option", "DISABLED");
    RedirectedOutput.useUtf8();
    int code = start(args);
    System.out.flush();
    System.exit(code);
  }

  private static int start(String... args) {
    try {
      NativeLibraries.use(System.getProperties());
    } catch (CommandException e) {
      System.err.println("sessionbridge: " + e.getMessage());
      return ExitCode.FAILED;
    }
    return execute(args);
  }

  static int execute(String... args) {
    return line(args).execute(args);
  }

  /**
   * The parser for a command line. If its command keeps running, the parser has no other commands:
   * their descriptions would take 2 MB for as long.
   */
  static CommandLine line(String... args) {
    Class<?> resident = args.length == 0 ? null : RESIDENT.get(args[0]);
    CommandLine parser =
        resident == null
            ? new CommandLine(new Main())
            : new CommandLine(new WithoutCommands()).addSubcommand(resident);
    return parser
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler((e, line, parsed) -> explain(e, line))
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int explain(Exception e, CommandLine line) throws Exception {
    if (e instanceof ConfigException) {
      line.getErr().println(e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    if (e instanceof BridgeException
        || e instanceof CommandException
        || e instanceof WindowsException) {
      line.getErr().println("sessionbridge: " + e.getMessage());
      return ExitCode.FAILED;
    }
    throw e;
  }

  static final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"sessionbridge " + Version.text()};
    }
  }
}
