package io.sessionbridge.cli.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The systemd unit of the agent. It can write only to the configured paths. It runs as root without
 * the capabilities to change other users' files, or, in a package, as a dedicated user without
 * capabilities.
 */
public final class SystemdUnit {

  private static final String BY_HAND =
      """
      # Put this into /etc/systemd/system/sessionbridge.service, then:
      # systemctl daemon-reload && systemctl enable --now sessionbridge
      # Print it again when data_dir or the path of a file sink changes.
      """;

  private static final String BY_PACKAGE =
      """
      # Of the package; an update replaces it. Change it with: systemctl edit sessionbridge
      # When data_dir or the path of a file sink changes, add ReadWritePaths=FOLDER there.
      """;

  private static final String AS_ROOT =
      """
      # The agent may read files of other users that the configuration names, but not change them.
      CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_NET_BIND_SERVICE
      ProtectHome=read-only
      SystemCallFilter=@system-service
      """;

  /** The strictest settings, except that Java must write and execute code. */
  private static final String AS_USER =
      """
      User=%1$s
      Group=%1$s
      CapabilityBoundingSet=
      DevicePolicy=closed
      KeyringMode=private
      ProtectHome=yes
      SystemCallFilter=@system-service
      SystemCallFilter=~@privileged @resources
      """;

  private static final Path STATE = Path.of("/var/lib");

  private final Path home;
  private final Path config;
  private final Path dataDir;
  private final @Nullable String user;
  private final Set<Path> written = new LinkedHashSet<>();

  /**
   * @param files the files that sinks write
   */
  SystemdUnit(Path home, Path config, Path dataDir, Collection<Path> files) {
    this(home, config, dataDir, files, null);
  }

  private SystemdUnit(
      Path home, Path config, Path dataDir, Collection<Path> files, @Nullable String user) {
    this.user = user;
    this.home = home;
    this.config = config;
    this.dataDir = dataDir;
    written.add(dataDir);
    for (Path file : files) {
      Path folder = file.toAbsolutePath().normalize().getParent();
      if (folder != null) {
        written.add(folder);
      }
    }
  }

  /** The unit of a package, with the usual paths. */
  public static SystemdUnit ofPackage(Path home, Path config, Path dataDir, String user) {
    return new SystemdUnit(home, config, dataDir, Set.of(), user);
  }

  /** The content of the unit file, ending with a line feed. */
  public String text() {
    return (user == null ? BY_HAND : BY_PACKAGE) + body();
  }

  private String body() {
    return """

    [Unit]
    Description=SessionBridge: user-session events through a durable journal
    After=network.target

    [Service]
    %sExecStart=%s run --config %s
    Restart=on-failure
    RestartSec=5
    # Exit code 78 means a wrong configuration, which a restart does not correct.
    RestartPreventExitStatus=78
    # Java exits with 143 after SIGTERM.
    SuccessExitStatus=143
    TimeoutStopSec=60
    # Only the agent is asked to stop; it asks its commands. What is left then is killed.
    KillMode=mixed
    %sUMask=0077
    %sLockPersonality=yes
    NoNewPrivileges=yes
    PrivateDevices=yes
    PrivateTmp=yes
    ProtectClock=yes
    ProtectControlGroups=yes
    ProtectHostname=yes
    ProtectKernelLogs=yes
    ProtectKernelModules=yes
    ProtectKernelTunables=yes
    ProtectProc=invisible
    ProtectSystem=strict
    RemoveIPC=yes
    RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX
    RestrictNamespaces=yes
    RestrictRealtime=yes
    RestrictSUIDSGID=yes
    SystemCallArchitectures=native
    SystemCallErrorNumber=EPERM
    # The data directory and the folders of file sinks.
    ReadWritePaths=%s

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            made(),
            quoted(home.resolve("bin").resolve("sessionbridge")),
            argument(config),
            stateDirectory(),
            user == null ? AS_ROOT : AS_USER.formatted(user),
            written.stream().map(SystemdUnit::quoted).collect(Collectors.joining(" ")));
  }

  /** Creates missing folders, since systemd cannot make them writable otherwise. */
  private String made() {
    return written.stream()
        .filter(folder -> !isState(folder) && !Files.isDirectory(folder))
        .map(folder -> "ExecStartPre=+/bin/mkdir -p -m 0700 " + argument(folder) + "\n")
        .collect(Collectors.joining());
  }

  private String stateDirectory() {
    if (!isState(dataDir)) {
      return "";
    }
    String name = STATE.relativize(dataDir).toString().replace("%", "%%");
    return "StateDirectory=" + name + "\nStateDirectoryMode=0700\n";
  }

  /** Whether systemd creates it; names that need escaping are not supported there. */
  private boolean isState(Path folder) {
    return folder.equals(dataDir)
        && folder.startsWith(STATE)
        && !folder.equals(STATE)
        && folder.toString().matches("[A-Za-z0-9/_.%-]+");
  }

  /**
   * For an argument of a program: there, but not in the program's path, systemd replaces variables.
   */
  private static String argument(Path path) {
    return quoted(path).replace("$", "$$");
  }

  /** Quoted and escaped for systemd. */
  private static String quoted(Path path) {
    String text = path.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "\"" + text + "\"";
  }
}
