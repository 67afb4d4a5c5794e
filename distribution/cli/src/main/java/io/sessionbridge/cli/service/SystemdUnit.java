package io.sessionbridge.cli.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The agent as a service of systemd, for a machine that is not Windows. It runs as root without
 * root's capabilities to change other users' files, and can write only what the configuration says.
 */
final class SystemdUnit {

  private static final Path STATE = Path.of("/var/lib");

  private final Path home;
  private final Path config;
  private final Path dataDir;
  private final Set<Path> written = new LinkedHashSet<>();

  /**
   * @param files that sinks write
   */
  SystemdUnit(Path home, Path config, Path dataDir, Collection<Path> files) {
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

  String text() {
    return """
    # Put this into /etc/systemd/system/sessionbridge.service, then:
    # systemctl daemon-reload && systemctl enable --now sessionbridge
    # Print it again when data_dir or the path of a file sink changes.

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
    %sUMask=0077
    # The agent may read files of other users that the configuration names, but not change them.
    CapabilityBoundingSet=CAP_DAC_READ_SEARCH CAP_NET_BIND_SERVICE
    LockPersonality=yes
    NoNewPrivileges=yes
    PrivateDevices=yes
    PrivateTmp=yes
    ProtectClock=yes
    ProtectControlGroups=yes
    ProtectHome=read-only
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
    SystemCallFilter=@system-service
    # The data directory and the folders of file sinks.
    ReadWritePaths=%s

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            made(),
            quoted(home.resolve("bin").resolve("sessionbridge")),
            quoted(config),
            stateDirectory(),
            written.stream().map(SystemdUnit::quoted).collect(Collectors.joining(" ")));
  }

  /** A folder that is missing cannot be made writable, so it is created before. */
  private String made() {
    return written.stream()
        .filter(folder -> !isState(folder) && !Files.isDirectory(folder))
        .map(folder -> "ExecStartPre=+/bin/mkdir -p -m 0700 " + quoted(folder) + "\n")
        .collect(Collectors.joining());
  }

  private String stateDirectory() {
    if (!isState(dataDir)) {
      return "";
    }
    String name = STATE.relativize(dataDir).toString().replace("%", "%%");
    return "StateDirectory=" + name + "\nStateDirectoryMode=0700\n";
  }

  /** Whether systemd creates it; a name with a space or quote would need another escape there. */
  private boolean isState(Path folder) {
    return folder.equals(dataDir)
        && folder.startsWith(STATE)
        && !folder.equals(STATE)
        && folder.toString().matches("[A-Za-z0-9/_.%-]+");
  }

  /** Quoted, with nothing in it that systemd would read as its own. */
  private static String quoted(Path path) {
    String text = path.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "\"" + text + "\"";
  }
}
