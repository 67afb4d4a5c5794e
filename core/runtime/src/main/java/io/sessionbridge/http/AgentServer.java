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
 * request in progress. The JDK's server has three more threads, which accept connections and close
 * those that take too long.
 *
 * <p>An address that cannot be used does not stop the agent: it is logged, degrades the health
 * (which the heartbeat carries to every sink) and is retried every 30 seconds. Capture comes first:
 * otherwise any user could keep the agent from starting by taking the port first, and so could an
 * address that the network brings up only after the boot.
 *
 * <p>{@link #start} and {@link #close} are called by one thread, the rest by any.
 */
public final class AgentServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentServer.class);
  private static final String COMPONENT = "http";
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(30);

  /** Connections that the operating system queues until they are accepted. */
  private static final int BACKLOG = 128;

  /** Far more than probes and scrapes need, so that slow clients do not delay others. */
  private static final int MAX_REQUESTS = 512;

  /** A slow client occupies a thread; pages need little stack. */
  private static final long STACK_BYTES = 256 << 10;

  private static final Duration IDLE = Duration.ofSeconds(2);

  static {
    // How long a stalled client can occupy a thread, in seconds. The JDK reads these properties
    // when its server is first used; Java 21 and later know the limit of connections.
    setIfAbsent("sun.net.httpserver.maxReqTime", "5");
    setIfAbsent("sun.net.httpserver.maxRspTime", "10");
    setIfAbsent("jdk.httpserver.maxConnections", Integer.toString(2 * MAX_REQUESTS));
  }

  private final ListenAddress address;
  private final Map<String, Page> pages;
  private final Clock.Signal ended;
  private final Supervisor supervisor;
  private final ExecutorService executor;
  private final Object lock = new Object();
  private @Nullable HttpServer server;
  private boolean closed;
  private volatile @Nullable String failure = "not started";

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

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** One thread for each request, none when idle; requests above the limit are queued. */
  private ExecutorService threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            MAX_REQUESTS,
            MAX_REQUESTS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The pool may end the thread at any time. */
  private Thread thread(Runnable work) {
    return supervisor.thread("http", COMPONENT, Need.USEFUL, () -> true, work::run, STACK_BYTES);
  }

  /** Starts to listen, or to retry until it can. */
  public void start() {
    if (!listen()) {
      LOG.error("http: {}", failure);
      supervisor
          .thread("http-listener", COMPONENT, Need.USEFUL, this::isOver, this::retryListening)
          .start();
    }
  }

  private boolean isOver() {
    synchronized (lock) {
      return closed || server != null;
    }
  }

  private void retryListening() throws InterruptedException {
    boolean over = false;
    while (!over) {
      over = ended.await(RETRY_INTERVAL) || listen();
    }
  }

  /** Tries once; true if no retry is needed. */
  private boolean listen() {
    synchronized (lock) {
      if (closed) {
        return true;
      }
      try {
        InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
        if (socket.isUnresolved()) {
          throw new IOException("unknown host");
        }
        HttpServer made = HttpServer.create(socket, BACKLOG);
        made.setExecutor(executor);
        HostGuard guard = new HostGuard(socket.getAddress().isLoopbackAddress(), address.host());
        made.createContext("/", new Routes(pages, guard));
        made.start();
        server = made;
      } catch (IOException e) {
        failure =
            "cannot listen on "
                + address
                + ": "
                + e.getMessage()
                + "; stop the program that uses the port or change http.address; retried every "
                + RETRY_INTERVAL.toSeconds()
                + " s";
        return false;
      }
      failure = null;
    }
    LOG.info("http: listening on {}", address().orElseThrow());
    return true;
  }

  /** Where it listens, with the actual port for port 0; empty while it does not. */
  public Optional<ListenAddress> address() {
    synchronized (lock) {
      return Optional.ofNullable(server)
          .map(made -> new ListenAddress(address.host(), made.getAddress().getPort()));
    }
  }

  /** Degraded while it does not listen, down once a defect has ended a thread. */
  public Health check() {
    Optional<String> end = supervisor.end(COMPONENT);
    if (end.isPresent()) {
      return Health.down(end.get());
    }
    String reason = failure;
    return reason == null ? Health.up() : Health.degraded(reason);
  }

  /** Stops listening; requests in progress may be cut off. */
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
        LOG.warn("http: a request did not end within 2 s; not waiting for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
