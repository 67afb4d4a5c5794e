package io.sessionbridge.cli.service;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.DataLayout;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.Home;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.NativeLibraries;
import io.sessionbridge.cli.cache.ClassCache;
import io.sessionbridge.cli.run.AgentEventLog;
import io.sessionbridge.config.ConfigException;
import io.sessionbridge.config.ConfigLayers;
import io.sessionbridge.sink.eventlog.messages.AgentEvent;
import io.sessionbridge.sink.eventlog.messages.MessageFile;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.access.AccessException;
import io.sessionbridge.windows.access.DataFolder;
import io.sessionbridge.windows.access.DataFolder.Readers;
import io.sessionbridge.windows.access.RunAccess;
import io.sessionbridge.windows.process.ProcessOrder;
import io.sessionbridge.windows.service.CommandLineText;
import io.sessionbridge.windows.service.EventMessages;
import io.sessionbridge.windows.service.ServiceInstallation;
import io.sessionbridge.windows.window.SessionWindow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Installs the service. */
@Command(
    name = "install",
    description = {
      "Installs or updates the Windows service. On Linux prints a systemd unit.",
      "Refuses if anybody but the system and administrators can change the program, the"
          + " plug-ins, the configuration, Java or a folder above. Creates data_dir for them only,"
          + " takes over one of an earlier version, and refuses any other that other users can"
          + " change.",
      "Of the Java options the service gets memory sizes, the choice of the collector and"
          + " -Dsessionbridge.*. JAVA_TOOL_OPTIONS and similar variables are ignored.",
      "With Java 25 or later makes a class cache first, which takes up to a minute."
    },
    mixinStandardHelpOptions = true)
final class ServiceInstallCommand implements Callable<Integer> {

  private static final List<Duration> RESTARTS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** The privileges that the service needs, among them those for commands of session users. */
  static final List<String> PRIVILEGES =
      Stream.concat(
              Stream.of("SeChangeNotifyPrivilege", "SeImpersonatePrivilege"),
              ProcessOrder.SESSION_PRIVILEGES.stream())
          .toList();

  /** Sources of live sessions; the default in a service is scm. */
  private static final Set<String> LIVE = Set.of("scm", "wts", "sens", "kernel");

  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private AllowWritable writable = new AllowWritable();

  /** Also logs a failure to the Application log, since an installer hides the output. */
  @Override
  public Integer call() throws CommandException, WindowsException {
    try {
      return install();
    } catch (CommandException | WindowsException | ConfigException e) {
      log(String.valueOf(e.getMessage()));
      throw e;
    } catch (RuntimeException | LinkageError e) {
      log(e.toString()); // a defect or a library that does not load: include the class
      throw e;
    }
  }

  private static void log(String reason) {
    if (SessionWindow.isSupported()) {
      AgentEventLog.report(
          AgentEvent.CANNOT_RUN, "SessionBridge was not installed as a service: " + reason);
    }
  }

  private int install() throws CommandException, WindowsException {
    LogLevel.set("error"); // the changes are printed as the result
    BridgeConfig read = config.read(BridgeModule.injector()); // reports a wrong configuration now
    Path file = config.file().toAbsolutePath().normalize();
    Path home = Home.folder().toAbsolutePath().normalize();
    Path dataDir = read.dataDir().toAbsolutePath().normalize();
    if (!SessionWindow.isSupported()) {
      List<Path> written = read.sinks().stream().flatMap(sink -> sink.writes().stream()).toList();
      System.out.print(new SystemdUnit(home, file, dataDir, written).text());
      return ExitCode.DONE;
    }
    Path javaHome = Path.of(System.getProperty("java.home"));
    List<String> options = new ArrayList<>(javaOptions());
    options.addAll(new NativeLibraries(home, System.getProperty("os.arch", "")).options());
    List<Path> runs = new ArrayList<>(List.of(home, javaHome, file));
    Path layers = ConfigLayers.folder(file);
    runs.add(layers);
    checkWhoMayChange(runs, dataDir, unfilled(layers));
    prepare(dataDir);
    List<String> command =
        new ServiceCommandLine(
                javaHome,
                cached(options, javaHome, home),
                home,
                file,
                dataDir,
                writable.isAllowed())
            .command();
    AgentService.manager("enable")
        .install(installation(CommandLineText.of(command), messages(home)));
    if (read.sources().stream().noneMatch(source -> LIVE.contains(source.type()))) {
      System.out.println(
          "no source in " + file + " receives live sessions; in a service use type scm");
    }
    return ExitCode.DONE;
  }

  private static List<String> cached(List<String> options, Path javaHome, Path home) {
    return new ServiceClassCache(
            ClassCache.ofThisJava(),
            reason -> AgentEventLog.report(AgentEvent.NO_CLASS_CACHE, reason))
        .make(options, ServiceCommandLine.java(javaHome, options, home));
  }

  /** Without the file the event viewer still shows the texts, through a Windows file. */
  private static Optional<EventMessages> messages(Path home) {
    Path file = home.resolve("lib").resolve("native").resolve(MessageFile.NAME);
    if (!Files.isRegularFile(file)) {
      System.out.println("no " + file + ", so the event viewer shows no categories");
      return Optional.empty();
    }
    return Optional.of(new EventMessages(file, MessageFile.categories()));
  }

  private static ServiceInstallation installation(
      String commandLine, Optional<EventMessages> messages) {
    return new ServiceInstallation(
        AgentService.NAME,
        "SessionBridge",
        "Sends every user-session event of this machine through a durable journal to Kafka, MQTT,"
            + " syslog and files.",
        commandLine,
        RESTARTS,
        Duration.ofDays(1),
        Duration.ofMinutes(1),
        PRIVILEGES,
        messages);
  }

  private static List<String> javaOptions() throws CommandException {
    List<String> given = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    given.removeAll(ClassCache.ofThisJava().options()); // the service has those of a new one
    return ServiceJavaOptions.of(given, System.getenv(), System.out::println);
  }

  /**
   * A missing folder's parent must be checked, since whoever creates the folder controls its
   * content.
   */
  private static Set<Path> unfilled(Path layers) {
    Path parent = layers.getParent();
    return parent == null || Files.exists(layers, LinkOption.NOFOLLOW_LINKS)
        ? Set.of()
        : Set.of(parent);
  }

  /** The service runs as the system, so anyone who can change what it runs gets these rights. */
  private void checkWhoMayChange(List<Path> runs, Path dataDir, Set<Path> unfilled)
      throws CommandException {
    Optional<String> others;
    try {
      others = new RunAccess().others(runs, Set.of(dataDir), unfilled);
    } catch (IOException e) {
      throw new CommandException(
          "cannot determine who can change what the service runs: " + e.getMessage());
    }
    if (others.isEmpty()) {
      return;
    }
    if (!writable.isAllowed()) {
      throw new CommandException(
          others.get() + "; or allow it with " + AllowWritable.OPTION + " on a test machine");
    }
    System.out.println("warning: " + others.get());
  }

  private void prepare(Path dataDir) throws CommandException {
    try {
      new DataFolder(DataLayout.folders(), writable.dataFolder(), System.out::println)
          .secure(dataDir, Readers.SHUT_OUT);
      Files.createDirectories(ServiceLog.folder(dataDir));
    } catch (AccessException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new CommandException(dataDir + " cannot be prepared: " + e.getMessage());
    }
  }
}
