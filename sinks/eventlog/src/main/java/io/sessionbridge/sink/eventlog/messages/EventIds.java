package io.sessionbridge.sink.eventlog.messages;

import io.sessionbridge.event.Kind;

/**
 * The event ids of the entries. Queries, tasks and rules of administrators use them, so an id never
 * changes its meaning; new ones may be added.
 *
 * <p>None is above 1000, and none has severity bits: EventCreate.exe of Windows has a text for each
 * of these ids, in case the message file is missing.
 */
public final class EventIds {

  /** The name of the source in the registry and in each entry. */
  public static final String SOURCE = "SessionBridge";

  private EventIds() {}

  /** The event id of a kind. */
  public static int of(Kind kind) {
    return switch (kind) {
      case LOGON -> 101;
      case LOGOFF -> 102;
      case LOCK -> 103;
      case UNLOCK -> 104;
      case CONSOLE_CONNECT -> 105;
      case CONSOLE_DISCONNECT -> 106;
      case REMOTE_CONNECT -> 107;
      case REMOTE_DISCONNECT -> 108;
      case REMOTE_CONTROL -> 109;
      case SCREENSAVER_START -> 110;
      case SCREENSAVER_STOP -> 111;
      case SHELL_START -> 112;
      case DESKTOP_READY -> 113;
      case SESSION_CREATE -> 114;
      case SESSION_TERMINATE -> 115;
      case SESSION_PRESENT -> 116;
      case OTHER -> 199;
      case HOST_IDLE -> 201;
      case HOST_ACTIVE -> 202;
      case HOST_SUSPEND -> 203;
      case HOST_RESUME -> 204;
      case HOST_SHUTDOWN -> 205;
      case CLOCK_CHANGE -> 206;
      case BRIDGE_START -> 301;
      case BRIDGE_STOP -> 302;
      case BRIDGE_HEARTBEAT -> 303;
      case GAP -> 304;
    };
  }
}
