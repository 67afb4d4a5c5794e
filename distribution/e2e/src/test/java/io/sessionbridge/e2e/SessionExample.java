package io.sessionbridge.e2e;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.SessionMonitor;
import io.sessionbridge.windows.session.SessionNotification;
import io.sessionbridge.windows.window.SessionScope;

/** The example of the library's README. */
final class SessionExample {

  private SessionExample() {}

  public static void main(String[] args) throws Exception {
    try (SessionMonitor monitor =
        SessionMonitor.listen(SessionScope.ALL, Runnable::run, SessionExample::show)) {
      System.out.println(monitor.problem().orElse("listening, Enter ends"));
      System.in.read();
    }
    System.out.println("no longer listening");
  }

  private static void show(SessionNotification notification) {
    String what = notification.code().map(SessionCode::name).orElse("there is");
    String who = notification.session().user().name().orElse("nobody");
    System.out.println(what + " session " + notification.session().sessionId() + " of " + who);
  }
}
