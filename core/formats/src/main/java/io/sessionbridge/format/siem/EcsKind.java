package io.sessionbridge.format.siem;

import io.sessionbridge.event.Kind;
import java.util.List;

/**
 * The ECS classification of a kind.
 *
 * @param categories {@code event.category}
 * @param type {@code event.type}
 * @param action {@code event.action}; the name that Elastic's pipeline for the Windows security log
 *     uses, if it has one
 */
record EcsKind(List<String> categories, String type, String action) {

  private static final List<String> AUTHENTICATION = List.of("authentication", "session");
  private static final List<String> SESSION = List.of("session");
  private static final List<String> HOST = List.of("host");
  private static final List<String> PROCESS = List.of("process");

  static EcsKind of(Kind kind) {
    return switch (kind) {
      case LOGON -> new EcsKind(AUTHENTICATION, "start", "logged-in");
      case LOGOFF -> new EcsKind(AUTHENTICATION, "end", "logged-out");
      case LOCK -> new EcsKind(SESSION, "info", "workstation-locked");
      case UNLOCK -> new EcsKind(SESSION, "info", "workstation-unlocked");
      case CONSOLE_CONNECT, REMOTE_CONNECT ->
          new EcsKind(AUTHENTICATION, "start", "session-reconnected");
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT ->
          new EcsKind(AUTHENTICATION, "end", "session-disconnected");
      case REMOTE_CONTROL -> new EcsKind(SESSION, "info", "remote-control-changed");
      case SCREENSAVER_START -> new EcsKind(SESSION, "info", "screensaver-invoked");
      case SCREENSAVER_STOP -> new EcsKind(SESSION, "info", "screensaver-dismissed");
      case SHELL_START -> new EcsKind(SESSION, "info", "shell-started");
      case DESKTOP_READY -> new EcsKind(SESSION, "info", "desktop-ready");
      case SESSION_CREATE -> new EcsKind(SESSION, "start", "session-created");
      case SESSION_TERMINATE -> new EcsKind(SESSION, "end", "session-terminated");
      case SESSION_PRESENT -> new EcsKind(SESSION, "info", "session-present");
      case OTHER -> new EcsKind(SESSION, "info", "session-changed");
      case HOST_IDLE -> new EcsKind(HOST, "info", "host-idle");
      case HOST_ACTIVE -> new EcsKind(HOST, "info", "host-active");
      case HOST_SUSPEND -> new EcsKind(HOST, "info", "host-suspended");
      case HOST_RESUME -> new EcsKind(HOST, "info", "host-resumed");
      case HOST_SHUTDOWN -> new EcsKind(HOST, "end", "host-shut-down");
      case CLOCK_CHANGE -> new EcsKind(HOST, "change", "clock-changed");
      case BRIDGE_START -> new EcsKind(PROCESS, "start", "agent-started");
      case BRIDGE_STOP -> new EcsKind(PROCESS, "end", "agent-stopped");
      case BRIDGE_HEARTBEAT -> new EcsKind(PROCESS, "info", "agent-heartbeat");
      case GAP -> new EcsKind(SESSION, "info", "capture-gap");
    };
  }
}
