package io.sessionbridge.cli;

import java.nio.file.Path;

/** The agent as a service of systemd, for a machine that is not Windows. */
final class SystemdUnit {

  private SystemdUnit() {}

  static String text(Path home, Path config, Path dataDir) {
    return """
    # Put this into /etc/systemd/system/sessionbridge.service, then:
    # systemctl daemon-reload && systemctl enable --now sessionbridge

    [Unit]
    Description=SessionBridge: user-session events through a durable journal
    After=network.target

    [Service]
    ExecStart=%s run --config %s
    Restart=on-failure
    RestartSec=5
    # A wrong configuration does not become right by itself.
    RestartPreventExitStatus=78
    # Java ends so when it is asked to.
    SuccessExitStatus=143
    TimeoutStopSec=60
    NoNewPrivileges=yes
    PrivateTmp=yes
    ProtectSystem=strict
    ReadWritePaths=%s

    [Install]
    WantedBy=multi-user.target
    """
        .formatted(
            quoted(home.resolve("bin").resolve("sessionbridge")), quoted(config), quoted(dataDir));
  }

  /** Quoted, with nothing in it that systemd would read as its own. */
  private static String quoted(Path path) {
    String text = path.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "\"" + text + "\"";
  }
}
