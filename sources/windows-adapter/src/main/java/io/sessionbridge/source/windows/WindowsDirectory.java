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

/** Who is behind the sessions of this Windows. */
final class WindowsDirectory implements SessionDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(WindowsDirectory.class);

  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final BiFunction<Long, Optional<SessionCode>, ChangedSession> changed;
  private final Supplier<List<SessionFacts>> all;
  private final Supplier<Optional<String>> trouble;

  /** Asks nothing yet. */
  WindowsDirectory(WindowsSessions sessions) {
    this(sessions::changed, sessions::all, sessions::trouble);
  }

  WindowsDirectory(
      BiFunction<Long, Optional<SessionCode>, ChangedSession> changed,
      Supplier<List<SessionFacts>> all,
      Supplier<Optional<String>> trouble) {
    this.changed = changed;
    this.all = all;
    this.trouble = trouble;
  }

  @Override
  public Optional<EventData> find(EventData event) {
    return event.find(Field.SESSION_ID).map(session -> find(session, event.kind()));
  }

  private EventData find(long session, Kind kind) {
    ChangedSession found = changed.apply(session, SessionChangeTranslator.code(kind));
    logTrouble();
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
    logTrouble();
    return sessions.stream()
        .map(
            facts ->
                new Existing(
                    present(facts),
                    facts.station().connectTime(),
                    facts.station().disconnectTime()))
        .toList();
  }

  /** Once for each: the health tells whether it is still so. */
  private void logTrouble() {
    trouble.get().filter(logged::add).ifPresent(LOG::warn);
  }

  private static EventData present(SessionFacts facts) {
    EventData.Builder data =
        EventData.builder(Kind.SESSION_PRESENT).put(Field.SESSION_ID, facts.sessionId());
    return SessionFields.add(data, facts).build();
  }

  @Override
  public Optional<String> trouble() {
    return trouble.get();
  }
}
