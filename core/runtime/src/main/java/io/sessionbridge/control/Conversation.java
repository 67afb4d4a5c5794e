package io.sessionbridge.control;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlPeer;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server side of one connection: the client sends a hello, the agent answers with one, and then
 * the client sends questions. {@code wait} and {@code tap} last until the client closes. One
 * thread.
 */
final class Conversation {

  /** How often to check whether a waiting client is still connected. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

  /** The time over which the drain rate of a backlog is measured. */
  private static final Duration RATE_INTERVAL = Duration.ofSeconds(1);

  /** Receives changes until it is closed. */
  interface Subscription extends AutoCloseable {

    /** Waits; true if something changed since the last call, false after the time. */
    boolean await(Duration atMost) throws InterruptedException;

    @Override
    void close();
  }

  private final ControlConnection connection;
  private final Lines lines;
  private final AgentAnswers agent;
  private final String version;
  private final Clock clock;
  private final ConnectionSlots slots;
  private final Supplier<Subscription> changes;

  Conversation(
      ControlConnection connection,
      AgentAnswers agent,
      String version,
      Clock clock,
      ConnectionSlots slots,
      Supplier<Subscription> changes) {
    this.connection = connection;
    this.lines = new Lines(connection, Protocol.LONGEST_QUESTION);
    this.agent = agent;
    this.version = version;
    this.clock = clock;
    this.slots = slots;
    this.changes = changes;
  }

  /** Returns when the client is gone or was rejected. */
  void run() throws IOException, InterruptedException {
    Optional<ControlPeer> identified = connection.peer();
    if (identified.isEmpty()) { // identified once something was read; not counted for a user before
      if (!lines.begins(Protocol.FIRST_BYTE)) {
        return;
      }
      identified = connection.peer();
    }
    ControlPeer peer =
        identified.orElseThrow(
            () -> new ControlException("the operating system does not identify the client"));
    if (!slots.assign(peer)) {
      error(
          "busy",
          "too many connections, of this user or of all users together; close one and try again");
      return;
    }
    try {
      Optional<byte[]> first = lines.read(Protocol.FIRST_LINE);
      if (first.isPresent()) {
        converse(first.get(), peer);
      }
    } catch (ControlException e) {
      error("malformed", String.valueOf(e.getMessage()));
    } finally {
      slots.release(peer);
    }
  }

  private void converse(byte[] first, ControlPeer peer) throws IOException, InterruptedException {
    JsonLine hello = JsonLine.parse(first).object("hello");
    Optional<Long> protocol = hello.number("protocol");
    if (protocol.isEmpty()) {
      error("malformed", "the first line must be {\"hello\":{\"protocol\":1}}");
      return;
    }
    write(
        JsonLine.of(
            "hello",
            JsonLine.builder()
                .put("protocol", Protocol.NUMBER)
                .put("oldest_protocol", Protocol.OLDEST)
                .put("version", version)
                .put("questions", Protocol.QUESTIONS)
                .put("rights", peer.administrator() ? "administrator" : "user")
                .build()));
    if (protocol.get() < Protocol.OLDEST) {
      error("protocol", "this agent speaks protocol " + Protocol.OLDEST + " and later");
      return;
    }
    boolean more = true;
    while (more) {
      Optional<byte[]> line = lines.read(Protocol.IDLE);
      more = line.isPresent() && answer(JsonLine.parse(line.get()), peer);
    }
  }

  /** False if the conversation is over. */
  private boolean answer(JsonLine question, ControlPeer peer)
      throws IOException, InterruptedException {
    String asked = question.text("ask").orElse("");
    switch (asked) {
      case Protocol.STATE -> write(state(peer));
      case Protocol.STATUS -> status(peer);
      case Protocol.WAIT -> {
        follow(peer);
        return false;
      }
      case Protocol.TAP -> {
        return tap(question, peer);
      }
      default ->
          error(
              "unknown_question",
              "agent "
                  + version
                  + " does not know the question "
                  + UntrustedText.line(asked, 40)
                  + "; it knows "
                  + String.join(", ", Protocol.QUESTIONS));
    }
    return true;
  }

  private JsonLine state(ControlPeer peer) {
    return JsonLine.of(Protocol.STATE, StateLine.of(agent, peer));
  }

  private void status(ControlPeer peer) throws IOException, InterruptedException {
    AgentStatus now = agent.status();
    Optional<AgentStatus> before = Optional.empty();
    long from = clock.nanoTime();
    if (now.backlogs().stream().anyMatch(backlog -> backlog.pending() > 0)) {
      before = Optional.of(now);
      clock.signal().await(RATE_INTERVAL);
      now = agent.status();
    }
    Duration between = Duration.ofNanos(clock.nanoTime() - from);
    write(
        JsonLine.builder()
            .put(Protocol.STATUS, StatusLine.of(now, before, between, peer))
            .put(Protocol.STATE, StateLine.of(agent, peer))
            .build());
  }

  /**
   * Sends the state now and whenever it changes. A change that reverts between two checks is not
   * sent.
   */
  private void follow(ControlPeer peer) throws IOException, InterruptedException {
    try (Subscription changed = changes.get()) {
      JsonLine sent = state(peer);
      write(sent);
      long sentAt = clock.nanoTime();
      while (!isGone()) {
        if (changed.await(CHECK_INTERVAL)) {
          JsonLine now = state(peer);
          if (!isSame(sent, now)) {
            write(now);
            sent = now;
            sentAt = clock.nanoTime();
          }
        }
        sentAt = keepAlive(sentAt);
      }
    }
  }

  /** Compares without the fields that change with time alone. */
  private static boolean isSame(JsonLine sent, JsonLine now) {
    return comparable(sent).equals(comparable(now));
  }

  private static JsonLine comparable(JsonLine line) {
    JsonLine.Builder kept = JsonLine.builder();
    line.object(Protocol.STATE)
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals("time") && !name.equals("seconds")) {
                kept.put(name, value);
              }
            });
    return JsonLine.of(Protocol.STATE, kept.build().toString());
  }

  /** True if the request was refused and the conversation continues. */
  private boolean tap(JsonLine question, ControlPeer peer)
      throws IOException, InterruptedException {
    if (!peer.administrator()) {
      error(
          "forbidden",
          "events are shown to administrators only: ask as root or as the agent's user,"
              + " on Windows in a console of an administrator");
      return true;
    }
    Optional<Set<Kind>> kinds = kinds(question);
    if (kinds.isEmpty()) {
      return true;
    }
    try (Subscription changed = changes.get();
        EventFeed feed = feed(question.text("sink"), kinds.get())) {
      if (feed == null) {
        return true;
      }
      write(JsonLine.of(Protocol.TAP, "begins"));
      long sentAt = clock.nanoTime();
      while (!isGone()) {
        EventFeed.Batch batch = feed.next();
        if (batch.isEmpty()) {
          changed.await(CHECK_INTERVAL);
          sentAt = keepAlive(sentAt);
          continue;
        }
        if (batch.skipped() > 0) {
          write(JsonLine.of("skipped_events", batch.skipped()));
        }
        for (byte[] event : batch.lines()) {
          write(JsonLine.of("event", JsonLine.parse(event)));
        }
        sentAt = clock.nanoTime();
      }
    }
    return false;
  }

  private Optional<Set<Kind>> kinds(JsonLine question) throws IOException {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (String name : question.texts("kinds")) {
      Optional<Kind> kind = Kind.ofWireName(name);
      if (kind.isEmpty()) {
        error(
            "unknown_kind",
            "agent " + version + " does not know the kind " + UntrustedText.line(name, 40));
        return Optional.empty();
      }
      kinds.add(kind.get());
    }
    return Optional.of(kinds);
  }

  private @Nullable EventFeed feed(Optional<String> sink, Set<Kind> kinds) throws IOException {
    try {
      return agent.feed(sink, kinds);
    } catch (ControlException e) {
      error("unknown_sink", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private long keepAlive(long sentAt) throws IOException {
    if (clock.nanoTime() - sentAt < Protocol.ALIVE.toNanos()) {
      return sentAt;
    }
    write(JsonLine.of("alive", true));
    return clock.nanoTime();
  }

  /**
   * Whether the client has closed. It must not send anything more, which would keep this thread
   * busy.
   */
  private boolean isGone() throws IOException {
    if (lines.read(Duration.ZERO).isPresent()) {
      throw new ControlException("no question is allowed after wait and tap");
    }
    return lines.isEnded();
  }

  private void error(String word, String message) throws IOException {
    write(JsonLine.builder().put("error", word).put("message", message).build());
  }

  private void write(JsonLine line) throws IOException {
    lines.write(line, Protocol.WRITE);
  }
}
