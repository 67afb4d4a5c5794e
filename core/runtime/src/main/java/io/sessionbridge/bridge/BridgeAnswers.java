package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.control.AgentAnswers;
import io.sessionbridge.control.AgentStatus;
import io.sessionbridge.control.ControlException;
import io.sessionbridge.control.EventFeed;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.EventView;
import io.sessionbridge.delivery.Selection;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.delivery.SinkTotals;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import io.sessionbridge.ingest.LiveBoard;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The running agent's answers on the control channel. Thread-safe. */
final class BridgeAnswers implements AgentAnswers {

  private final Components components;
  private final List<SinkEntry> sinks;
  private final Journal journal;
  private final LiveBoard board;
  private final EventFormat format;
  private final Host host;
  private final Clock clock;
  private final Instant since;

  /**
   * The answers of an agent that starts now.
   *
   * @param format of the events, one line of JSON each
   */
  BridgeAnswers(
      Components components,
      List<SinkEntry> sinks,
      Journal journal,
      LiveBoard board,
      EventFormat format,
      Host host,
      Clock clock) {
    this.components = components;
    this.sinks = sinks;
    this.journal = journal;
    this.board = board;
    this.format = format;
    this.host = host;
    this.clock = clock;
    this.since = clock.now();
  }

  @Override
  public HostState state() {
    return board.now();
  }

  @Override
  public HostUse use() {
    return board.use();
  }

  @Override
  public boolean isJudged() {
    return board.isJudged();
  }

  @Override
  public boolean listsSessions() {
    return components.hasDirectory();
  }

  @Override
  public AgentStatus status() {
    Health journalHealth = components.journal();
    Health health = components.health();
    Optional<AgentStatus.LastEvent> last = Optional.empty();
    try {
      last = EventView.last(journal, format, host).map(BridgeAnswers::inShort);
    } catch (IOException e) { // report the rest: it matters even more now
      String why = "the newest event cannot be read: " + e.getMessage();
      journalHealth = degraded(journalHealth, why);
      health = degraded(health, Components.JOURNAL + ": " + why);
    }
    List<Component> parts = new ArrayList<>();
    parts.add(new Component(Components.JOURNAL, "", journalHealth));
    parts.addAll(components.sources());
    parts.addAll(components.others());
    return new AgentStatus(
        Version.text(),
        ProcessHandle.current().pid(),
        since,
        health,
        parts,
        components.loops().stream().map(this::backlog).toList(),
        last);
  }

  /** Degrades the health; one that is already down stays as it is. */
  private static Health degraded(Health health, String why) {
    return health.status() == Health.Status.DOWN
        ? health
        : Health.degraded(health.detail().isEmpty() ? why : health.detail() + "; " + why);
  }

  private AgentStatus.Backlog backlog(DeliveryLoop loop) {
    SinkTotals totals = loop.totals();
    return new AgentStatus.Backlog(
        loop.sinkId(),
        totals.pending(),
        totals.pending() == 0 ? 0 : loop.backlogBytes(),
        totals.pending() == 0
            ? Optional.empty()
            : loop.waitingSince().map(from -> Duration.between(from, clock.now())),
        totals.delivered(),
        totals.rejected(),
        totals.lost());
  }

  private static AgentStatus.LastEvent inShort(SessionEvent event) {
    EventData data = event.data();
    return new AgentStatus.LastEvent(
        event.time(),
        event.kind().wireName(),
        event.journalSequence(),
        data.find(Field.HOST_NAME),
        data.find(Field.SESSION_ID),
        data.find(Field.USER_NAME),
        data.find(Field.USER_DOMAIN));
  }

  @Override
  public EventFeed feed(Optional<String> sink, Set<Kind> kinds) throws ControlException {
    if (sink.isEmpty()) {
      return feed(Selection.ALL, Privacy.PLAIN, kinds);
    }
    SinkSettings settings = settings(sink.get());
    return feed(settings.selection(), settings.privacy(), kinds);
  }

  private EventFeed feed(Selection selection, Privacy privacy, Set<Kind> kinds) {
    return new Feed(new EventView(journal, selection, privacy, kinds, format, host));
  }

  private SinkSettings settings(String id) throws ControlException {
    for (SinkEntry sink : sinks) {
      if (sink.id().equals(id)) {
        return sink.settings();
      }
    }
    throw new ControlException(
        "the agent has no sink "
            + UntrustedText.line(id, 80)
            + "; it has "
            + String.join(", ", sinks.stream().map(SinkEntry::id).toList()));
  }

  private record Feed(EventView view) implements EventFeed {

    @Override
    public Batch next() throws IOException {
      EventView.Batch batch = view.next();
      return new Batch(batch.skipped(), batch.events().stream().map(EncodedEvent::body).toList());
    }

    @Override
    public void close() throws IOException {
      view.close();
    }
  }
}
