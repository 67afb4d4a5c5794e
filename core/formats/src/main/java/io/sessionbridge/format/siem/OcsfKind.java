package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;

/**
 * The OCSF classification of an event.
 *
 * @param activityName the name of the activity id; for {@link #OTHER} the kind in words
 */
record OcsfKind(OcsfClass type, int activityId, String activityName) {

  /** The activity id for an activity that the class does not define. */
  static final int OTHER = 99;

  static OcsfKind of(EventData data) {
    Kind kind = data.kind();
    return switch (kind) {
      case LOGON -> new OcsfKind(OcsfClass.AUTHENTICATION, 1, "Logon");
      case LOGOFF -> new OcsfKind(OcsfClass.AUTHENTICATION, 2, "Logoff");
      case REMOTE_CONNECT -> overRdp(data, 8, "Reconnect");
      case REMOTE_DISCONNECT -> overRdp(data, 7, "Disconnect");
      case BRIDGE_START -> new OcsfKind(OcsfClass.APPLICATION_LIFECYCLE, 3, "Start");
      case BRIDGE_STOP -> new OcsfKind(OcsfClass.APPLICATION_LIFECYCLE, 4, "Stop");
      default -> other(kind);
    };
  }

  /** The class is for RDP only; OCSF has none for other protocols. */
  private static OcsfKind overRdp(EventData data, int activityId, String activityName) {
    String protocol = data.find(Field.PROTOCOL).orElse("unknown");
    boolean rdp = protocol.equals("rdp") || protocol.equals("unknown");
    return rdp
        ? new OcsfKind(OcsfClass.RDP_ACTIVITY, activityId, activityName)
        : other(data.kind());
  }

  private static OcsfKind other(Kind kind) {
    OcsfClass type =
        switch (kind.subject()) {
          case SESSION -> OcsfClass.AUTHENTICATION;
          case HOST -> OcsfClass.BASE_EVENT;
          case BRIDGE -> OcsfClass.APPLICATION_LIFECYCLE;
        };
    return new OcsfKind(type, OTHER, Names.title(kind.wireName()));
  }

  int typeUid() {
    return type.uid() * 100 + activityId;
  }

  String typeName() {
    return type.caption() + ": " + (activityId == OTHER ? "Other" : activityName);
  }
}
