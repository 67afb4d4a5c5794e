package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.control.ControlServer;
import io.sessionbridge.delivery.BatchBudget;
import io.sessionbridge.delivery.DeadLetters;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.DeliveryLoops;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.AgentServer;
import io.sessionbridge.http.ListenAddress;
import io.sessionbridge.ingest.Checkpoint;
import io.sessionbridge.ingest.Ingest;
import io.sessionbridge.ingest.LiveBoard;
import io.sessionbridge.ingest.MachineHost;
import io.sessionbridge.ingest.SessionReconciler;
import io.sessionbridge.ingest.SessionStates;
import io.sessionbridge.ingest.SessionTimer;
import io.sessionbridge.journal.FolderLock;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.metrics.JvmMemory;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.Host;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.supervision.Role;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent. Starts its components in dependency order and stops them in reverse. An unreachable
 * broker or a source that cannot start does not stop the agent; a journal that cannot be opened
 * does.
 *
 * <p>{@link #start} and {@link #close} are called by one thread; all other methods are thread-safe.
 */
public final class Bridge implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private static final Duration NEVER = Duration.ofDays(36_500);

  private final BridgeConfig config;
  private final Plugins plugins;
  private final Storage storage;
  private final Clock clock;
  private final MetricRegistry metrics = new MetricRegistry();
  private final CloseStack parts = new CloseStack();
  private final Supervisor supervisor = new Supervisor();
  private final Components components;
  private final AtomicLong latestHeartbeat = new AtomicLong();
  private volatile Runnable onStopRequest = () -> {};

  Bridge(BridgeConfig config, Plugins plugins, Storage storage, Clock clock) {
    this.config = config;
    this.plugins = plugins;
    this.storage = storage;
    this.clock = clock;
    this.components =
        new Components(config.sources().stream().map(SourceEntry::id).toList(), supervisor);
  }

  /**
   * Sets the action to run when a source asks the agent to stop.
   *
   * @param action called by any thread, possibly several times; must return at once. Set before
   *     start.
   */
  public void onStopRequest(Runnable action) {
    onStopRequest = action;
  }

  /**
   * Sets the action to run when a defect ends an essential component. The agent must then be closed
   * and the process restarted.
   *
   * @param action called by any thread, possibly several times; must return at once. Set before
   *     start.
   */
  public void onEssentialEnd(Runnable action) {
    supervisor.onEssentialEnd(action);
  }

  /** The essential component that a defect ended; empty if there is none. */
  public Optional<String> essentialEnd() {
    return supervisor.essentialEnd();
  }

  /** The supervisor that owns the agent's threads. */
  Supervisor supervisor() {
    return supervisor;
  }

  private void requestStop(String reason) {
    LOG.info("stop requested: {}", reason);
    onStopRequest.run();
  }

  /**
   * Starts all components. If one fails, stops those already started.
   *
   * @throws BridgeException with the reason and the fix
   */
  public void start() throws BridgeException, InterruptedException {
    boolean started = false;
    try {
      startParts();
      started = true;
    } catch (BridgeException | InterruptedException e) {
      throw e;
    } catch (IOException e) {
      throw new BridgeException(FileReason.of(e, Path.of("")), e); // the message names the file
    } catch (Exception e) {
      throw new BridgeException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private void startParts() throws Exception {
    FolderLock lock = FolderLock.acquire(config.dataDir());
    parts.push("the lock", lock);
    DataFolder.makePrivate(config.dataDir());
    startHttp();
    Journal open = openJournal();
    Host host = MachineHost.detect(config.hostId(), plugins.host());
    SessionStates states =
        SessionStates.restore(
            storage, config.dataDir(), host.id(), judgedBy(config.sessions(), plugins));
    Checkpoint checkpoint =
        Checkpoint.restore(
            open,
            clock,
            host.id(),
            id -> config.sources().stream().anyMatch(source -> source.id().equals(id)),
            states);
    DeadLetters deadLetters =
        new DeadLetters(
            JournalConfig.deadLetters(),
            config.dataDir().resolve("rejected"),
            storage,
            clock,
            supervisor);
    parts.push("the dead letters", deadLetters);
    LiveBoard board = new LiveBoard(clock, components::health);
    Ingest ingest =
        new Ingest(
            open, host, clock, board, checkpoint, states, plugins.directory(), plugins.log());
    parts.push("the checkpoint", ingest::saveStates);
    metrics.add("the ingest", out -> AgentMetrics.collect(ingest, config.sources(), out));
    Contexts contexts =
        new Contexts(
            config.dataDir(), host, clock, metrics, board, config.shutdown(), this::requestStop);

    startLoops(
        contexts,
        new DeliveryLoops(open, deadLetters, host, clock, board, metrics, latestHeartbeat::get));
    open.beginRetention();
    Optional<ControlServer> control = control(open, board, host);
    board.onChange(() -> components.loops().forEach(DeliveryLoop::stateChanged));
    SelfReport report =
        new SelfReport(
            ingest,
            config,
            clock,
            components::health,
            this::backlogAgeMillis,
            latestHeartbeat,
            ingest::saveStates,
            supervisor);
    report.started(checkpoint.previousHostId());
    parts.push("the self report", report::stop);
    ingest.saveStates();
    SessionTimer timer = new SessionTimer(ingest, clock, supervisor);
    parts.push("the session timer", timer);
    timer.start();
    startSources(contexts, ingest, startReconciler(ingest));
    control.ifPresent(this::startControl);
    parts.push("readiness", components::stopping);
    warnOfUnusedCursors(open);
  }

  /** Without a session directory, the agent never reports the host as idle. */
  static TrackerSettings judgedBy(TrackerSettings configured, Plugins plugins) {
    return plugins.directory().isPresent()
        ? configured
        : new TrackerSettings(configured.ignoreUsers(), NEVER, configured.correlate(), true);
  }

  /**
   * Starts right after the lock and stops right before it, so that starts and stops can be
   * observed.
   */
  private void startHttp() {
    AgentMetrics agent = new AgentMetrics(components);
    metrics.add("the agent", agent::collect);
    metrics.add("memory", new JvmMemory());
    config
        .http()
        .ifPresent(
            http -> {
              AgentServer server = new AgentServer(http, components, metrics, clock, supervisor);
              parts.push("http", server);
              components.serves(server);
              server.start();
            });
  }

  /** Creates the control channel without starting it; it receives changes from now on. */
  private Optional<ControlServer> control(Journal open, LiveBoard board, Host host) {
    if (!config.control().enabled() || plugins.control().isEmpty()) {
      return Optional.empty();
    }
    ControlTransport transport = plugins.control().get();
    ControlServer server =
        new ControlServer(
            transport,
            config.control().addresses(transport, config.dataDir()),
            new BridgeAnswers(
                components,
                config.sinks(),
                open,
                board,
                JournalLines.format("json", plugins),
                host,
                clock),
            Version.text(),
            clock,
            supervisor);
    board.onChange(server::changed);
    open.onDurable(server::changed);
    return Optional.of(server);
  }

  private void startControl(ControlServer server) {
    parts.push("the control channel", server);
    components.answers(server);
    server.start();
  }

  private Journal openJournal() throws IOException {
    Role writer = supervisor.role("journal", Components.JOURNAL, Need.ESSENTIAL);
    Journal open = Journal.open(config.journal(), config.dataDir(), storage, clock, writer);
    parts.push("the journal", open);
    components.opened(open);
    parts.push("the journal's health", components::closed);
    metrics.add("the journal", out -> AgentMetrics.collect(open, config.journal(), out));
    return open;
  }

  private void startLoops(Contexts contexts, DeliveryLoops factory) throws IOException {
    parts.push("the sinks", this::closeLoops);
    HeapPlan heap = HeapPlan.of(config);
    heap.warning().ifPresent(LOG::warn);
    BatchBudget budget = heap.budget();
    metrics.add("the budget", budget);
    for (SinkEntry entry : config.sinks()) {
      String id = entry.id();
      components.add(
          factory.loop(
              id,
              () ->
                  entry
                      .create()
                      .apply(contexts.ofSink(entry, heap.memory(id), () -> connectionLost(id))),
              entry.format(),
              entry.settings(),
              heap.share(budget, id)));
    }
    components.loops().forEach(loop -> loop.start(supervisor));
  }

  private void connectionLost(String sinkId) {
    for (DeliveryLoop loop : components.loops()) {
      if (loop.sinkId().equals(sinkId)) {
        loop.connectionLost();
      }
    }
  }

  /** Stops all loops at the same time; they share the shutdown time. */
  private void closeLoops() throws InterruptedException {
    DeliveryLoop.close(components.loops(), config.shutdown(), clock);
  }

  private Optional<SessionReconciler> startReconciler(Ingest ingest) {
    Optional<SessionReconciler> reconciler =
        plugins
            .directory()
            .map(known -> new SessionReconciler(ingest, known, plugins.log(), clock, supervisor));
    reconciler.ifPresent(
        started -> {
          parts.push("the session reconciliation", started);
          started.start();
        });
    metrics.add(
        "the session reconciliation",
        out ->
            AgentMetrics.collect(
                reconciler.map(SessionReconciler::written).orElseGet(Map::of), out));
    plugins.directory().ifPresent(components::asks);
    return reconciler;
  }

  /** A source that cannot start stops neither the agent nor another source. */
  private void startSources(
      Contexts contexts, Ingest ingest, Optional<SessionReconciler> reconciler) {
    SourceStarter starter = new SourceStarter(clock, new SplittableRandom(), supervisor);
    for (SourceEntry entry : config.sources()) {
      SourceSlot slot =
          new SourceSlot(
              entry.id(),
              made ->
                  entry
                      .create()
                      .apply(
                          contexts.ofSource(
                              entry,
                              ingest,
                              reconciler,
                              cause -> starter.threadEnded(made, cause))));
      parts.push("source " + entry.id(), slot);
      components.add(slot);
      starter.start(slot);
    }
    parts.push("the starts of sources", starter);
  }

  private static void warnOfUnusedCursors(Journal journal) {
    for (String id : journal.cursors().unused()) {
      LOG.warn(
          "the journal keeps events for sink {}, which is not configured: they are kept until"
              + " max_age or max_bytes is reached; to release them, stop the agent and run:"
              + " sessionbridge journal forget {} --yes",
          id,
          id);
    }
  }

  /** The agent's health: the worst of its components, with the detail of each that is not up. */
  public Health health() {
    return components.health();
  }

  /** The delivery loops, for callers that display their progress. */
  public List<DeliveryLoop> loops() {
    return List.copyOf(components.loops());
  }

  /** Where health and metrics are served, with the actual port if port 0 was configured. */
  public Optional<ListenAddress> httpAddress() {
    return components.server().flatMap(AgentServer::address);
  }

  /** The address of the control channel; empty while it does not listen. */
  public Optional<String> controlAddress() {
    return components.control().flatMap(ControlServer::address);
  }

  private OptionalLong backlogAgeMillis() {
    return components.loops().stream()
        .map(DeliveryLoop::waitingSince)
        .flatMap(Optional::stream)
        .mapToLong(since -> Duration.between(since, clock.now()).toMillis())
        .max();
  }

  /**
   * Waits until all finite sources have finished and every sink has settled every event. A source
   * that failed or cannot start does not end the wait early, but the result names it.
   *
   * @param atMost the longest wait; after it, the result lists what is missing
   * @param cancelled polled frequently; true ends the wait
   */
  public Drained awaitDrained(Duration atMost, BooleanSupplier cancelled)
      throws InterruptedException {
    Clock.Signal changed = clock.signal();
    long end = clock.nanoTime() + atMost.toNanos();
    Drain drain = new Drain(components.slots(), components.loops());
    Drained now = drain.look();
    while (!drain.isSettled() && !cancelled.getAsBoolean() && clock.nanoTime() - end < 0) {
      changed.await(Duration.ofMillis(50));
      now = drain.look();
    }
    return now;
  }

  @Override
  public void close() {
    parts.close();
  }
}
