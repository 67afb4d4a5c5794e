package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.ChangedSession;
import io.sessionbridge.windows.session.WindowsSessions;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users and clients of this machine's sessions. */
final class WindowsDirectory implements SessionDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsDirectory.class);

  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final BiFunction<Long, Optional<SessionCode>, ChangedSession> changed;
  private final Supplier<List<SessionFacts>> all;
  private final Supplier<Optional<String>> problem;

  /** Makes no call yet. */
  WindowsDirectory(WindowsSessions sessions) {
    this(sessions::changed, sessions::all, sessions::problem);
  }

  WindowsDirectory(
      BiFunction<Long, Optional<SessionCode>, ChangedSession> changed,
      Supplier<List<SessionFacts>> all,
      Supplier<Optional<String>> problem) {
    this.changed = changed;
    this.all = all;
    this.problem = problem;
  }

  @Override
  public Optional<EventData> find(EventData event) {
    return event.find(Field.SESSION_ID).map(session -> find(session, event.kind()));
  }

  private EventData find(long session, Kind kind) {
    ChangedSession found = changed.apply(session, SessionChangeTranslator.code(kind));
    logProblem();
    EventData.Builder data = SessionFields.add(EventData.builder(), found.facts());
    found.confirmed().ifPresent(confirmed -> data.put(Field.CONFIRMED, confirmed));
    return data.build();
  }

  @Override
  public List<EventData> all() {
    return existing().stream().map(Existing::data).toList();
  }

  @Override
  public List<Existing> existing() {
    List<SessionFacts> sessions = all.get();
    logProblem();
    return sessions.stream()
        .map(
            facts ->
                new Existing(
                    present(facts),
                    facts.station().connectTime(),
                    facts.station().disconnectTime()))
        .toList();
  }

  /** Logs each problem once; health shows whether it persists. */
  private void logProblem() {
    problem.get().filter(logged::add).ifPresent(LOG::warn);
  }

  private static EventData present(SessionFacts facts) {
    EventData.Builder data =
        EventData.builder(Kind.SESSION_PRESENT).put(Field.SESSION_ID, facts.sessionId());
    return SessionFields.add(data, facts).build();
  }

  @Override
  public Optional<String> problem() {
    return problem.get();
  }
}
