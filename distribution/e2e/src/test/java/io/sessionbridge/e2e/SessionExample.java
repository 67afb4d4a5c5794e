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
      System.out.println(monitor.trouble().orElse("listening, Enter ends"));
      System.in.read();
    }
    System.out.println("no longer listening");
  }

  private static void show(SessionNotification heard) {
    String what = heard.code().map(SessionCode::name).orElse("there is");
    String who = heard.session().user().name().orElse("nobody");
    System.out.println(what + " session " + heard.session().sessionId() + " of " + who);
  }
}
