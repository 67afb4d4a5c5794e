package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.history.View.Attachment;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What Windows answers who asks it about its sessions; now and then it knows less. */
final class Directory {

  /** LSA and the session manager name the moment of a logon not quite alike. */
  private static final int LOGON_TIME_JITTER_MS = 1_900;

  private final Random random;

  Directory(Random random) {
    this.random = random;
  }

  /** All sessions but that of services. */
  List<EventData> all(Snapshot machine) {
    return machine.sessions().stream()
        .filter(view -> view.stage() != View.Stage.OVER) // gone in a moment
        .map(
            view -> {
              EventData.Builder data =
                  EventData.builder(Kind.SESSION_PRESENT)
                      .put(Field.SESSION_ID, view.session().id());
              describe(view, data);
              data.put(Field.LOCKED, view.loggedOn() ? Boolean.valueOf(view.locked()) : null);
              return data.build();
            })
        .toList();
  }

  /** Adds what is known of a session right after something happened to it. */
  void describe(View view, EventData.Builder data) {
    boolean remote = view.attachment() == Attachment.REMOTE;
    data.put(Field.SESSION_STATE, state(view));
    if (view.connected()) {
      data.put(Field.REMOTE, remote)
          .put(Field.PROTOCOL, remote ? "rdp" : "console")
          .put(Field.STATION, remote ? "RDP-Tcp#" + view.session().serial() : "Console");
    }
    if (remote) {
      data.put(Field.CLIENT_NAME, "LAPTOP" + view.session().id())
          .put(Field.CLIENT_ADDRESS, "192.0.2." + view.session().id());
    }
    if (view.loggedOn()) {
      describeUser(view.session(), data);
      if (random.nextInt(10) > 0) {
        data.put(Field.LOCKED, view.locked());
      }
    } else if (view.stage() == View.Stage.OVER) {
      describeUser(view.session(), data); // remembered, as Windows has forgotten it
    } else if (random.nextBoolean()) {
      data.put(Field.LOCKED, true); // Windows says so of a logon screen
    }
  }

  /** Adds who is or was logged on. */
  void describeUser(TrueSession session, EventData.Builder data) {
    session.user().identify(data);
    List<Long> luids = session.luids();
    data.put(Field.ACCOUNT_TYPE, session.user().type())
        .put(Field.LOGON_TIME, session.logonTime().plusMillis(random.nextInt(LOGON_TIME_JITTER_MS)))
        .put(Field.LOGON_ID, "0x" + Long.toHexString(luids.get(random.nextInt(luids.size()))));
  }

  private static String state(View view) {
    if (!view.connected()) {
      return "disconnected";
    }
    if (view.shadowed()) {
      return "shadow";
    }
    return (view.loggedOn() ? "ACTIVE" : "CONNECTED").toLowerCase(Locale.ROOT);
  }
}
