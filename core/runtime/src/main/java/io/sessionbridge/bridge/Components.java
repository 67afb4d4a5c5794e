package io.sessionbridge.bridge;

import static java.util.stream.Collectors.toSet;

import io.sessionbridge.control.ControlServer;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.AgentServer;
import io.sessionbridge.http.AgentView;
import io.sessionbridge.http.Component;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalStatus;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The running components of the agent and their health. Thread-safe. */
final class Components implements AgentView {

  /** The supervisor's name of the journal. */
  static final String JOURNAL = "journal";

  private static final Health NOT_STARTED = Health.degraded("not started yet");
  private static final Health STOPPING = Health.degraded("the agent is stopping");

  private final List<String> sourceIds;
  private final Supervisor supervisor;
  private final Map<String, SourceSlot> sources = new ConcurrentSkipListMap<>();
  private final List<DeliveryLoop> loops = new CopyOnWriteArrayList<>();
  private volatile @Nullable Journal journal;
  private volatile @Nullable AgentServer server;
  private volatile @Nullable ControlServer control;
  private volatile @Nullable SessionDirectory directory;
  private volatile boolean stopping;

  /**
   * @param sourceIds of the configuration
   */
  Components(List<String> sourceIds, Supervisor supervisor) {
    this.sourceIds = List.copyOf(sourceIds);
    this.supervisor = supervisor;
  }

  void opened(Journal open) {
    journal = open;
  }

  /** Called before the journal closes. */
  void closed() {
    journal = null;
  }

  void serves(AgentServer started) {
    server = started;
  }

  void answers(ControlServer started) {
    control = started;
  }

  void asks(SessionDirectory known) {
    directory = known;
  }

  void add(DeliveryLoop loop) {
    loops.add(loop);
  }

  void add(SourceSlot source) {
    sources.put(source.id(), source);
  }

  /** From now on, reports all sources as stopping. */
  void stopping() {
    stopping = true;
  }

  List<DeliveryLoop> loops() {
    return loops;
  }

  List<SourceSlot> slots() {
    return List.copyOf(sources.values());
  }

  Optional<AgentServer> server() {
    return Optional.ofNullable(server);
  }

  Optional<ControlServer> control() {
    return Optional.ofNullable(control);
  }

  @Override
  public Health journal() {
    Optional<String> end = supervisor.end(JOURNAL);
    if (end.isPresent()) {
      return Health.down(end.get());
    }
    Journal open = journal;
    if (open == null) {
      return Health.down("not open");
    }
    JournalStatus status = open.status();
    if (status.failure().isPresent()) {
      return Health.down(status.failure().get());
    }
    List<String> problems = new ArrayList<>();
    if (!status.undeletable().isEmpty()) {
      problems.add("obsolete files cannot be deleted: " + String.join(", ", status.undeletable()));
    }
    if (!status.unwritableCursors().isEmpty()) {
      problems.add("cursors cannot be written: " + String.join(", ", status.unwritableCursors()));
    }
    return problems.isEmpty() ? Health.up() : Health.degraded(String.join("; ", problems));
  }

  @Override
  public List<Component> sources() {
    return sourceIds.stream().map(id -> new Component("source", id, ofSource(id))).toList();
  }

  private Health ofSource(String id) {
    SourceSlot source = sources.get(id);
    if (stopping) {
      return STOPPING;
    }
    return source == null ? NOT_STARTED : safely(source::check);
  }

  /** Whether a session directory is present. */
  boolean hasDirectory() {
    return directory != null;
  }

  @Override
  public List<Component> others() {
    List<Component> others = new ArrayList<>();
    loops.forEach(loop -> others.add(ofSink(loop)));
    SessionDirectory asked = directory;
    if (asked != null) {
      Health health = asked.problem().map(Health::degraded).orElseGet(Health::up);
      others.add(new Component("directory", "", health));
    }
    server().ifPresent(serving -> others.add(new Component("http", "", serving.check())));
    ControlServer answering = control;
    if (answering != null) {
      others.add(new Component("control", "", answering.check()));
    }
    Set<String> named = others.stream().map(Component::name).collect(toSet());
    named.add(JOURNAL);
    supervisor
        .ends()
        .forEach(
            (component, end) -> {
              if (!named.contains(component)) {
                others.add(new Component(component, "", Health.down(end)));
              }
            });
    return others;
  }

  private Component ofSink(DeliveryLoop loop) {
    Health health =
        supervisor
            .end("sink " + loop.sinkId())
            .map(Health::down)
            .orElseGet(() -> safely(loop::check));
    return new Component("sink", loop.sinkId(), health);
  }

  /** A plug-in's check must not throw; one that does counts as degraded. */
  private static Health safely(Supplier<Health> check) {
    try {
      return check.get();
    } catch (RuntimeException e) {
      return Health.degraded("its health check failed: " + e);
    }
  }

  /** The agent's health: the worst of its components, with the detail of each that is not up. */
  Health health() {
    Health open = journal();
    if (open.status() == Health.Status.DOWN) {
      return Health.down("journal: " + open.detail());
    }
    List<String> problems = new ArrayList<>();
    if (!open.isUp()) {
      problems.add("journal: " + open.detail());
    }
    for (List<Component> some : List.of(sources(), others())) {
      for (Component component : some) {
        if (!component.health().isUp()) {
          problems.add(component.name() + ": " + component.health().detail());
        }
      }
    }
    return problems.isEmpty() ? Health.up() : Health.degraded(String.join("; ", problems));
  }
}
