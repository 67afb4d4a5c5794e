package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.text.UntrustedText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules for every sink with a TCP peer: a peer can cause a failure and nothing worse. The
 * failure comes within {@link #limit}, states the reason, allocates no memory by a length that the
 * peer sent, and leaves no thread running.
 */
@Timeout(120)
public abstract class HostilePeerContract {

  @TempDir protected Path folder;

  /** Creates a sink for the peer at this port of 127.0.0.1, with short timeouts. */
  protected abstract Sink create(SinkContext context, int port) throws Exception;

  /** Creates the peer; override it for instance for TLS. */
  protected HostilePeer peer(HostilePeer.Behaviour behaviour) throws Exception {
    return new HostilePeer(behaviour);
  }

  /** The time limit for a connect and a delivery together. */
  protected Duration limit() {
    return Duration.ofSeconds(20);
  }

  /** Whether no answer, or garbage, counts as a failure. */
  protected boolean needsAnswers() {
    return true;
  }

  /** Bytes that announce a length whose content never arrives. */
  protected List<byte[]> lengths() {
    return List.of();
  }

  /** A good peer, to cut its answers at every byte; or empty. */
  protected Optional<Good> good() throws Exception {
    return Optional.empty();
  }

  /**
   * Whether remaining threads fail the test; false if the client library or the peer has its own.
   */
  protected boolean watchesThreads() {
    return true;
  }

  /**
   * @param bytes how many bytes it sends in a connect and a delivery
   * @param everyByte the distance in bytes between two cuts
   */
  public record Good(int port, int bytes, int everyByte) {}

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L);
  }

  @ParameterizedTest
  @EnumSource(HostilePeer.Kind.class)
  final void survives(HostilePeer.Kind kind) throws Exception {
    assertSurvives(kind, kind.name());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  final void survivesRandomBytes(long seed) throws Exception {
    assertSurvives(HostilePeer.random(seed), "seed " + seed);
  }

  @Test
  final void survivesHugeLengths() throws Exception {
    for (byte[] length : lengths()) {
      assertSurvives(HostilePeer.says(length), Arrays.toString(length));
    }
  }

  @Test
  final void survivesAnEndAtEachByte() throws Exception {
    Optional<Good> good = good();
    if (good.isEmpty()) {
      return;
    }
    for (int i = 0; i < good.get().bytes(); i += good.get().everyByte()) {
      assertSurvives(HostilePeer.cutting(good.get().port(), i), "cut after " + i);
    }
  }

  private void assertSurvives(HostilePeer.Behaviour behaviour, String what) throws Exception {
    SinkContext context = new TestingSinkContext(Clock.system(), folder);
    ThreadWatch threads = new ThreadWatch();
    OldGeneration heap = new OldGeneration();
    long start = System.nanoTime();
    try (HostilePeer peer = peer(behaviour);
        Sink sink = create(context, peer.port())) {
      Optional<String> failure = failure(sink);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(limit());
      if (needsAnswers()) {
        assertThat(failure).as(what).isPresent();
      }
      failure.ifPresent(
          message -> {
            assertThat(message).as(what).isNotBlank();
            assertThat(message.codePoints().noneMatch(UntrustedText::isUnsafe)).as(what).isTrue();
            assertThat(sink.check().isUp()).as(what).isFalse();
            assertThat(sink.check().detail()).as(what).isEqualTo(message);
          });
    }
    heap.assertLittleAllocated(what);
    if (watchesThreads()) {
      threads.assertNoneLeft();
    }
  }

  /** The failure that the sink reports; empty if none. */
  private static Optional<String> failure(Sink sink) throws Exception {
    try {
      sink.connect();
    } catch (DeliveryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    DeliveryResult result = sink.deliver(new TestingEvents("cloudevents").next(3));
    return result.retry().map(DeliveryResult.Failure::message);
  }
}
