package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.NoListenerException;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client side: a connection to a running agent. Not thread-safe, except for {@link #close}. */
public final class ControlClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** An agent that sends nothing for this long, not even a keep-alive, has stopped. */
  private static final Duration SILENCE = Protocol.ALIVE.multipliedBy(3);

  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final ControlConnection connection;
  private final Lines lines;
  private final JsonLine hello;
  private long receivedAt = System.nanoTime();

  private ControlClient(ControlConnection connection, Lines lines, JsonLine hello) {
    this.connection = connection;
    this.lines = lines;
    this.hello = hello;
  }

  /**
   * Connects and says hello.
   *
   * @param addresses where an agent may listen, in this order
   * @param version of this program
   * @throws ControlException if no agent answers there, or none that this program understands
   */
  public static ControlClient connect(
      ControlTransport transport, List<String> addresses, String version) throws ControlException {
    JsonLine own =
        JsonLine.builder().put("protocol", Protocol.NUMBER).put("version", version).build();
    JsonLine hello =
        JsonLine.of("hello", own); // built first, since the agent allows little time for it
    List<String> failures = new ArrayList<>();
    boolean nonePresent = !addresses.isEmpty();
    for (String address : addresses) {
      try {
        return greet(transport.connect(address, CONNECT), hello);
      } catch (IOException e) {
        nonePresent = nonePresent && e instanceof NoListenerException;
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new ControlException(String.join("; ", failures), nonePresent);
  }

  private static ControlClient greet(ControlConnection connection, JsonLine own)
      throws IOException {
    boolean greeted = false;
    try {
      Lines lines = new Lines(connection, Protocol.LONGEST_ANSWER);
      try {
        lines.write(own, Protocol.WRITE);
      } catch (IOException e) {
        refusal(lines, e); // the agent may have sent a reason before it closed
      }
      JsonLine answer = answer(lines, ANSWER);
      JsonLine hello = answer.object("hello");
      long oldest = hello.number("oldest_protocol").orElse(0L);
      if (oldest > Protocol.NUMBER) {
        throw new ControlException(
            "agent "
                + UntrustedText.line(hello.text("version").orElse("?"), 40)
                + " speaks protocol "
                + oldest
                + " and later, this program only "
                + Protocol.NUMBER
                + ": use the program that came with the agent");
      }
      greeted = true;
      return new ControlClient(connection, lines, hello);
    } finally {
      if (!greeted) {
        connection.close();
      }
    }
  }

  private static void refusal(Lines lines, IOException failure) throws IOException {
    try {
      answer(lines, Duration.ofMillis(100));
    } catch (ControlException refused) {
      throw refused;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  /** The version of the agent. */
  public String agentVersion() {
    return UntrustedText.line(hello.text("version").orElse("unknown"), 40);
  }

  /** Whether the agent shows everything, or only the machine and the user's own session. */
  public boolean isAdministrator() {
    return hello.text("rights").equals(Optional.of("administrator"));
  }

  /** Questions that the agent answers and this older program does not know. */
  public List<String> newerQuestions() {
    return hello.texts("questions").stream()
        .filter(question -> !Protocol.QUESTIONS.contains(question))
        .map(question -> UntrustedText.line(question, 40))
        .toList();
  }

  /** The current state of the host. */
  public JsonLine state() throws IOException {
    return ask(JsonLine.of("ask", Protocol.STATE)).object(Protocol.STATE);
  }

  /** The agent's {@code status} and {@code state}. */
  public JsonLine status() throws IOException {
    return ask(JsonLine.of("ask", Protocol.STATUS));
  }

  private JsonLine ask(JsonLine question) throws IOException {
    lines.write(question, Protocol.WRITE);
    return answer(lines, ANSWER);
  }

  /** Subscribes to the state; {@link #nextState} returns each one. */
  public void follow() throws IOException {
    receivedAt = System.nanoTime();
    lines.write(JsonLine.of("ask", Protocol.WAIT), Protocol.WRITE);
  }

  /**
   * The next state.
   *
   * @return empty if none arrived in that time
   * @throws IOException if the agent is gone
   */
  public Optional<JsonLine> nextState(Duration atMost) throws IOException {
    return next(Protocol.STATE, atMost).map(line -> line.object(Protocol.STATE));
  }

  /**
   * Subscribes to events; {@link #nextEvent} returns each one.
   *
   * @param sink whose selection of events to watch; empty for all
   * @param kinds only these; all if empty
   */
  public void tap(Optional<String> sink, Set<String> kinds) throws IOException {
    JsonLine.Builder question = JsonLine.builder().put("ask", Protocol.TAP).put("sink", sink);
    if (!kinds.isEmpty()) {
      question.put("kinds", List.copyOf(kinds));
    }
    ask(question.build());
    receivedAt = System.nanoTime();
  }

  /**
   * The next event, or a line with {@code skipped_events}.
   *
   * @return empty if none arrived in that time
   * @throws IOException if the agent is gone
   */
  public Optional<JsonLine> nextEvent(Duration atMost) throws IOException {
    return next("", atMost);
  }

  private Optional<JsonLine> next(String wanted, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long silent = receivedAt + SILENCE.toNanos();
      Duration left = Duration.ofNanos(Math.min(end, silent) - System.nanoTime());
      Optional<byte[]> line = lines.read(left.isNegative() ? Duration.ZERO : left);
      if (line.isEmpty()) {
        if (lines.isEnded()) {
          throw new ControlException("the agent has closed the connection");
        }
        if (System.nanoTime() - end >= 0) {
          return Optional.empty();
        }
        if (System.nanoTime() - silent >= 0) {
          throw new ControlException("the agent has stopped sending");
        }
        continue;
      }
      receivedAt = System.nanoTime();
      JsonLine parsed = checked(JsonLine.parse(line.get()));
      if (wanted.isEmpty() ? !parsed.has("alive") : parsed.has(wanted)) {
        return Optional.of(parsed);
      }
    }
  }

  private static JsonLine answer(Lines lines, Duration atMost) throws IOException {
    Optional<byte[]> line = lines.read(atMost);
    if (line.isEmpty()) {
      throw new ControlException(
          lines.isEnded()
              ? "the agent has closed the connection"
              : "the agent did not answer within " + atMost.toSeconds() + " s");
    }
    return checked(JsonLine.parse(line.get()));
  }

  private static JsonLine checked(JsonLine line) throws ControlException {
    if (line.has("error")) {
      throw new ControlException(
          UntrustedText.message(
              line.text("message").orElseGet(() -> line.text("error").orElse("an error"))));
    }
    return line;
  }

  @Override
  public void close() {
    connection.close();
  }
}
