package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.NobodyListensException;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The asking side: a connection to a running agent. One thread; {@link #close} may be called by
 * any.
 */
public final class ControlClient implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** An agent that tells nothing for so long, not even that it lives, has stopped. */
  private static final Duration SILENCE = Protocol.ALIVE.multipliedBy(3);

  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final ControlConnection connection;
  private final Lines lines;
  private final JsonLine hello;
  private long heardAt = System.nanoTime();

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
    JsonLine hello = JsonLine.of("hello", own); // before, for it must come soon after
    List<String> failures = new ArrayList<>();
    boolean nobody = !addresses.isEmpty();
    for (String address : addresses) {
      try {
        return greet(transport.connect(address, CONNECT), hello);
      } catch (IOException e) {
        nobody = nobody && e instanceof NobodyListensException;
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    throw new ControlException(String.join("; ", failures), nobody);
  }

  private static ControlClient greet(ControlConnection connection, JsonLine own)
      throws IOException {
    boolean greeted = false;
    try {
      Lines lines = new Lines(connection, Protocol.LONGEST_ANSWER);
      try {
        lines.write(own, Protocol.WRITE);
      } catch (IOException e) {
        refusal(lines, e); // it may have said why before it hung up
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
    } catch (ControlException told) {
      throw told;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    throw failure;
  }

  /** The version of the agent. */
  public String agentVersion() {
    return UntrustedText.line(hello.text("version").orElse("unknown"), 40);
  }

  /** Whether the agent tells everything, or only about the machine and the user's own session. */
  public boolean isAdministrator() {
    return hello.text("rights").equals(Optional.of("administrator"));
  }

  /** What the agent answers and this program does not know, because it is older. */
  public List<String> missed() {
    return hello.texts("questions").stream()
        .filter(question -> !Protocol.QUESTIONS.contains(question))
        .map(question -> UntrustedText.line(question, 40))
        .toList();
  }

  /** What the host does now. */
  public JsonLine state() throws IOException {
    return ask(JsonLine.of("ask", Protocol.STATE)).object(Protocol.STATE);
  }

  /** How the agent is; {@code status} and {@code state}. */
  public JsonLine status() throws IOException {
    return ask(JsonLine.of("ask", Protocol.STATUS));
  }

  private JsonLine ask(JsonLine question) throws IOException {
    lines.write(question, Protocol.WRITE);
    return answer(lines, ANSWER);
  }

  /** Begins to follow the state: {@link #nextState} gives each. */
  public void follow() throws IOException {
    heardAt = System.nanoTime();
    lines.write(JsonLine.of("ask", Protocol.WAIT), Protocol.WRITE);
  }

  /**
   * The next state.
   *
   * @return empty if none came in that time
   * @throws IOException if the agent has gone
   */
  public Optional<JsonLine> nextState(Duration atMost) throws IOException {
    return next(Protocol.STATE, atMost).map(line -> line.object(Protocol.STATE));
  }

  /**
   * Begins to watch events: {@link #nextEvent} gives each.
   *
   * @param sink whose choice of events to watch; empty for all
   * @param kinds only these; all if empty
   */
  public void tap(Optional<String> sink, Set<String> kinds) throws IOException {
    JsonLine.Builder question = JsonLine.builder().put("ask", Protocol.TAP).put("sink", sink);
    if (!kinds.isEmpty()) {
      question.put("kinds", List.copyOf(kinds));
    }
    ask(question.build());
    heardAt = System.nanoTime();
  }

  /**
   * The next event, or a line with {@code skipped_events}.
   *
   * @return empty if none came in that time
   * @throws IOException if the agent has gone
   */
  public Optional<JsonLine> nextEvent(Duration atMost) throws IOException {
    return next("", atMost);
  }

  private Optional<JsonLine> next(String wanted, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      long silent = heardAt + SILENCE.toNanos();
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
          throw new ControlException("the agent tells nothing any more");
        }
        continue;
      }
      heardAt = System.nanoTime();
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
