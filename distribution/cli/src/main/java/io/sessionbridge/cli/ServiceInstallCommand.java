package io.sessionbridge.cli;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.windows.SessionWindow;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.CommandLineText;
import io.sessionbridge.windows.service.JnaLibrary;
import io.sessionbridge.windows.service.ProtectedFolder;
import io.sessionbridge.windows.service.ServiceInstallation;
import io.sessionbridge.windows.service.Writers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Installs the service. */
@Command(
    name = "install",
    description =
        "Installs the Windows service or brings it up to date; on Linux prints a systemd unit.",
    mixinStandardHelpOptions = true)
final class ServiceInstallCommand implements Callable<Integer> {

  private static final List<Duration> RESTARTS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));

  /** What the service uses: WTSQueryUserToken needs the first. */
  private static final List<String> PRIVILEGES =
      List.of("SeTcbPrivilege", "SeChangeNotifyPrivilege", "SeImpersonatePrivilege");

  /** What hears sessions as they happen; without sources a service has scm. */
  private static final Set<String> LIVE = Set.of("scm", "wts", "sens");

  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws CommandException, WindowsException {
    LogLevel.set("error"); // what is done is told as an answer
    BridgeConfig read = AgentRun.of(config).config(); // a wrong one is better told now
    Path file = config.file().toAbsolutePath().normalize();
    Path home = Home.folder().toAbsolutePath().normalize();
    Path dataDir = read.dataDir().toAbsolutePath().normalize();
    if (!SessionWindow.isSupported()) {
      System.out.print(SystemdUnit.text(home, file, dataDir));
      return ExitCode.DONE;
    }
    prepare(dataDir);
    List<String> command =
        ServiceCommandLine.of(
            Path.of(System.getProperty("java.home")),
            ManagementFactory.getRuntimeMXBean().getInputArguments(),
            home,
            file,
            dataDir);
    AgentService.manager("enable").install(installation(CommandLineText.of(command)));
    warnOfWriters(
        List.of(home, home.resolve("lib"), home.resolve("plugins"), file, Path.of(command.get(0))));
    if (read.sources().stream().noneMatch(source -> LIVE.contains(source.type()))) {
      System.out.println("no source in " + file + " hears sessions; type scm does in a service");
    }
    return ExitCode.DONE;
  }

  private static ServiceInstallation installation(String commandLine) {
    return new ServiceInstallation(
        AgentService.NAME,
        "SessionBridge",
        "Carries every user-session event of this machine through a durable journal to Kafka, MQTT,"
            + " syslog and files.",
        commandLine,
        RESTARTS,
        Duration.ofDays(1),
        Duration.ofMinutes(1),
        PRIVILEGES);
  }

  private static void prepare(Path dataDir) throws CommandException {
    Path libraries = ServiceCommandLine.libraries(dataDir);
    try {
      Files.createDirectories(ServiceLog.folder(dataDir));
      Files.createDirectories(libraries);
      protect(dataDir);
      JnaLibrary.unpack(libraries);
    } catch (IOException e) {
      throw new CommandException(dataDir + " cannot be prepared: " + e.getMessage());
    }
    System.out.println("native library in " + libraries);
  }

  /** The service has the rights of the system, and so has who changes what it runs. */
  private static void warnOfWriters(List<Path> paths) {
    Map<Set<String>, List<String>> changeable = new LinkedHashMap<>();
    for (Path path : paths) {
      changeable.computeIfAbsent(writers(path), writers -> new ArrayList<>()).add(path.toString());
    }
    changeable.remove(Set.of());
    changeable.forEach(
        (writers, changed) ->
            System.out.println(
                "warning: "
                    + String.join(", ", writers)
                    + " may change "
                    + String.join(", ", changed)
                    + " and so do anything as the system: keep that below Program Files, or take the"
                    + " right away"));
  }

  private static Set<String> writers(Path path) {
    try {
      return Writers.of(path);
    } catch (NoSuchFileException e) {
      return Set.of(); // who may make it is told of the folder that it would be in
    } catch (IOException e) {
      System.out.println("who may change " + path + " is not known: " + e.getMessage());
      return Set.of();
    }
  }

  private static void protect(Path dataDir) {
    try {
      ProtectedFolder.protect(dataDir);
      System.out.println("only SYSTEM and administrators may open " + dataDir);
    } catch (WindowsException e) {
      System.out.println("not possible here: " + dataDir + " is not protected: " + e.getMessage());
    }
  }
}
