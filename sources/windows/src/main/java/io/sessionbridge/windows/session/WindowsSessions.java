package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.calls.NativeSessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.List;
import java.util.Optional;

/**
 * Who is behind the sessions of this machine. Every call asks Windows, which takes milliseconds:
 * not by a thread that Windows waits for. Safe for use by several threads.
 *
 * <p>Asked about every change of a session, in their order, it also knows at a logoff and at the
 * end of a session who that was, although Windows has forgotten it by then.
 *
 * <p>Nothing is thrown: what Windows refuses is absent, and {@link #trouble} says what it takes.
 */
public final class WindowsSessions {

  private final SessionReader reader;
  private final SessionList list;
  private final Shortages shortages = new Shortages();
  private final SessionCache cache = new SessionCache();

  /** Loads nothing yet; of use on Windows alone. */
  public WindowsSessions() {
    this(new NativeSessionCalls());
  }

  WindowsSessions(SessionCalls calls) {
    this.reader = new SessionReader(calls, shortages);
    this.list = new SessionList(calls, shortages);
  }

  /**
   * Who is behind a session, now or until it ended.
   *
   * @param change what was reported of it; empty for a code without a name
   */
  public ChangedSession changed(long sessionId, Optional<SessionCode> change) {
    SessionFacts fresh = reader.read(sessionId);
    if (change.filter(SessionCache::ends).isPresent()) {
      Optional<SessionFacts> gone = cache.earlier(fresh);
      if (gone.isPresent()) {
        cache.complete(fresh, Optional.empty());
        return new ChangedSession(gone.get(), Optional.of(true));
      }
    }
    Optional<Boolean> confirmed =
        change.flatMap(code -> Confirmation.of(code, fresh.station(), exists(code, fresh)));
    return new ChangedSession(cache.complete(fresh, change), confirmed);
  }

  /** The list takes a call of its own, which most changes do not need. */
  private Optional<Boolean> exists(SessionCode change, SessionFacts fresh) {
    return switch (change) {
      case SESSION_REMOTE_CONTROL -> Optional.empty();
      case SESSION_LOCK, SESSION_UNLOCK ->
          fresh.station().locked().isPresent() ? Optional.empty() : list.has(fresh.sessionId());
      default -> list.has(fresh.sessionId());
    };
  }

  /** What is known of a session now. */
  public SessionFacts find(long sessionId) {
    return cache.complete(reader.read(sessionId), Optional.empty());
  }

  /** The sessions of users and of logon screens that exist now. */
  public List<SessionFacts> all() {
    List<Long> ids = list.ids();
    shortages.keepOnly(ids);
    return ids.stream().map(this::find).toList();
  }

  /** The session of this process, if Windows tells; 0 is that of services. */
  public Optional<Long> own() {
    return list.own();
  }

  /** What keeps it from telling more, for instance which right is missing. */
  public Optional<String> trouble() {
    return shortages.trouble();
  }
}
