package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.calls.NativeSessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.List;
import java.util.Optional;

/**
 * The users and clients of this machine's sessions. Every call queries Windows, which takes
 * milliseconds: do not call it on a thread that Windows waits for. Safe for use by several threads.
 *
 * <p>If it is called for every change of a session in order, it also knows the user at a logoff and
 * at the end of a session, although Windows has already forgotten them.
 *
 * <p>Nothing is thrown: what Windows refuses is empty, and {@link #problem} names what is missing.
 */
public final class WindowsSessions {

  private final SessionReader reader;
  private final SessionList list;
  private final Shortages shortages = new Shortages();
  private final SessionCache cache = new SessionCache();

  /** Loads nothing yet; works on Windows only. */
  public WindowsSessions() {
    this(new NativeSessionCalls());
  }

  WindowsSessions(SessionCalls calls) {
    this.reader = new SessionReader(calls, shortages);
    this.list = new SessionList(calls, shortages);
  }

  /**
   * Returns the facts of a session, current or last known.
   *
   * @param change the reported change; empty for a code without a name
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

  /** The list needs an extra call, which most changes do not need. */
  private Optional<Boolean> exists(SessionCode change, SessionFacts fresh) {
    return switch (change) {
      case SESSION_REMOTE_CONTROL -> Optional.empty();
      case SESSION_LOCK, SESSION_UNLOCK ->
          fresh.station().locked().isPresent() ? Optional.empty() : list.has(fresh.sessionId());
      default -> list.has(fresh.sessionId());
    };
  }

  /** Returns the current facts of a session. */
  public SessionFacts find(long sessionId) {
    return cache.complete(reader.read(sessionId), Optional.empty());
  }

  /** Returns the existing sessions of users and logon screens. */
  public List<SessionFacts> all() {
    List<Long> ids = list.ids();
    shortages.keepOnly(ids);
    return ids.stream().map(this::find).toList();
  }

  /** The session of this process, if Windows reports it; session 0 is that of services. */
  public Optional<Long> own() {
    return list.own();
  }

  /** Why facts are missing, for instance which right; empty if none are. */
  public Optional<String> problem() {
    return shortages.problem();
  }
}
