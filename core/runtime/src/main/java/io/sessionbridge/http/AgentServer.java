package io.sessionbridge.http;

import com.sun.net.httpserver.HttpServer;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health}, {@code /ready} and {@code /metrics} on threads {@code http}, one for each
 * request that is under way; the JDK's server has three more of its own, which take connections and
 * end those that take too long.
 *
 * <p>An address that cannot be used does not stop the agent: it is logged, it degrades the health
 * (which the heartbeat carries to every sink), and it is tried again every 30 seconds. Capture
 * comes first: if a taken port kept the agent from starting, any user could switch it off by
 * listening there before it does, and an address that the network brings up only after the boot
 * would too.
 *
 * <p>{@link #start} and {@link #close} are called by one thread, the rest by any.
 */
public final class AgentServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
  private static final String COMPONENT = "http";
  private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

  /** Connections that the system holds until they are taken. */
  private static final int BACKLOG = 128;

  /** Far more than probes and scrapes need: so many slow clients delay nobody else. */
  private static final int MOST_REQUESTS = 512;

  /** A request that waits for its client keeps a thread, and the stack of a page is shallow. */
  private static final long STACK_BYTES = 256 << 10;

  private static final Duration IDLE = Duration.ofSeconds(2);

  static {
    // A client that stops in the middle keeps a thread for that long. The JDK reads these seconds
    // when its server is first used. The limit of connections is known to Java 21 and later.
    setUnlessGiven("sun.net.httpserver.maxReqTime", "5");
    setUnlessGiven("sun.net.httpserver.maxRspTime", "10");
    setUnlessGiven("jdk.httpserver.maxConnections", Integer.toString(2 * MOST_REQUESTS));
  }

  private final ListenAddress address;
  private final Map<String, Page> pages;
  private final Clock.Signal ended;
  private final Supervisor supervisor;
  private final ExecutorService executor;
  private final Object lock = new Object();
  private @Nullable HttpServer server;
  private boolean closed;
  private volatile @Nullable String trouble = "not started";

  public AgentServer(
      HttpConfig config,
      AgentView agent,
      MetricRegistry metrics,
      Clock clock,
      Supervisor supervisor) {
    this.address = config.address();
    this.pages =
        Map.of(
            "/health", new HealthPage(agent),
            "/ready", new ReadyPage(agent),
            "/metrics", new MetricsPage(metrics));
    this.ended = clock.signal();
    this.supervisor = supervisor;
    this.executor = threads();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** As many threads as requests, none while there are none; what is above the limit waits. */
  private ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MOST_REQUESTS,
            MOST_REQUESTS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** It may end whenever there is no request. */
  private Thread thread(Runnable work) {
    return supervisor.thread("http", COMPONENT, Need.USEFUL, () -> true, work::run, STACK_BYTES);
  }

  /** Begins to listen, or to try to. */
  public void start() {
    if (!listen()) {
      LOG.error("http: {}", trouble);
      supervisor
          .thread("http-listener", COMPONENT, Need.USEFUL, this::isOver, this::listenAtLast)
          .start();
    }
  }

  private boolean isOver() {
    synchronized (lock) {
      return closed || server != null;
    }
  }

  private void listenAtLast() throws InterruptedException {
    boolean over = false;
    while (!over) {
      over = ended.await(TRY_AGAIN) || listen();
    }
  }

  /** Tries once; true if there is nothing more to try. */
  private boolean listen() {
    synchronized (lock) {
      if (closed) {
        return true;
      }
      try {
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
          throw new IOException("the host is unknown");
        }
        HttpServer made = HttpServer.create(socket, BACKLOG);
        made.setExecutor(executor);
        HostGuard guard = new HostGuard(socket.getAddress().isLoopbackAddress(), address.host());
        made.createContext("/", new Routes(pages, guard));
        made.start();
        server = made;
      } catch (IOException e) {
        trouble =
            "cannot listen on "
                + address
                + ": "
                + e.getMessage()
                + "; stop what listens there or change http.address; tried again every "
                + TRY_AGAIN.toSeconds()
                + " s";
        return false;
      }
      trouble = null;
    }
    LOG.info("http: listens on {}", address().orElseThrow());
    return true;
  }

  /** Where it listens, with the port that was found for port 0; empty while it does not. */
  public Optional<ListenAddress> address() {
    synchronized (lock) {
      return Optional.ofNullable(server)
          .map(made -> new ListenAddress(address.host(), made.getAddress().getPort()));
    }
  }

  /** Degraded while nobody can see the pages, down once a defect ended a thread. */
  public Health check() {
    Optional<String> end = supervisor.end(COMPONENT);
    if (end.isPresent()) {
      return Health.down(end.get());
    }
    String told = trouble;
    return told == null ? Health.up() : Health.degraded(told);
  }

  /** Stops listening; requests in hand may be cut. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      if (server != null) {
        server.stop(0);
        server = null;
      }
    }
    ended.raise();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(2, TimeUnit.SECONDS)) {
        LOG.warn("http: a request did not end within 2 s and is abandoned");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
