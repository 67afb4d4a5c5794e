package io.sessionbridge.sink.mqtt.publish;

import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Delivers one batch over one connection. The settled prefix ends at the first event without a
 * successful answer; events after it may have arrived and are sent again.
 */
public final class BatchDelivery {

  /** The broker's reason for the end of the settled prefix. */
  public record Refusal(int reason, String topic) {}

  private final Connection connection;
  private final Version version;
  private final Publications publications;
  private final List<EncodedEvent> batch;
  private final PublishWindow publishing;
  private final List<Rejection> rejected = new ArrayList<>(0);
  private int settled;
  private long noSubscriber;
  private Optional<Refusal> refusal = Optional.empty();

  public BatchDelivery(
      Connection connection,
      Version version,
      Publications publications,
      Duration timeout,
      List<EncodedEvent> batch) {
    this.connection = connection;
    this.version = version;
    this.publications = publications;
    this.batch = batch;
    this.publishing = new PublishWindow(connection, timeout, batch.size());
  }

  /**
   * Sends all events and waits for the answers.
   *
   * @param alone whether the first event is sent alone, because the last batch ended with nothing
   *     settled: so the cause is known, and the events after it are not sent repeatedly
   */
  public void run(boolean alone) throws InterruptedException {
    try {
      transmit(alone);
      publishing.finish();
    } finally {
      settle();
    }
  }

  private void transmit(boolean alone) throws InterruptedException {
    Limits limits = connection.link().limits();
    boolean careful = alone;
    for (int i = 0; i < batch.size(); i++) {
      Publication publication = publications.of(batch.get(i));
      if (publication.problem(limits.packetBytes(), version).isPresent()) {
        continue;
      }
      if (!publishing.send(i, publication, limits.inFlight())) {
        return;
      }
      if (careful) {
        publishing.finish();
        careful = false;
      }
    }
  }

  private void settle() {
    while (settled < batch.size() && settleNext()) {
      settled++;
    }
  }

  private boolean settleNext() {
    int reason = publishing.reason(settled);
    if (reason == PublishWindow.UNKNOWN) {
      return rejectIfUnsendable();
    }
    if (Reason.isOfOne(reason)) {
      int size = batch.get(settled).body().length;
      reject("event of " + size + " bytes: the broker answers " + Reason.code(reason));
      return true;
    }
    if (Reason.isFailure(reason)) {
      refusal = Optional.of(new Refusal(reason, firstTopic()));
      return false;
    }
    noSubscriber += reason == Reason.NO_SUBSCRIBER ? 1 : 0;
    return true;
  }

  private boolean rejectIfUnsendable() {
    long mostBytes = connection.link().limits().packetBytes();
    Optional<String> problem = publications.of(batch.get(settled)).problem(mostBytes, version);
    problem.ifPresent(this::reject);
    return problem.isPresent();
  }

  private void reject(String reason) {
    rejected.add(new Rejection(settled, reason));
  }

  /** How many events from the start are acknowledged or rejected. */
  public int settled() {
    return settled;
  }

  public List<Rejection> rejected() {
    return rejected;
  }

  /** How many acknowledged events had no subscriber, as far as the broker reports it. */
  public long noSubscriber() {
    return noSubscriber;
  }

  /** How many events were sent. */
  public int sent() {
    return publishing.sent();
  }

  /** The topic of the first event that is not settled. */
  public String firstTopic() {
    return publications.of(batch.get(settled)).topic();
  }

  /** Why the connection ended. */
  public Optional<Ending> ending() {
    return publishing.ending();
  }

  /** The broker's refusal of the first event that is not settled; empty if there is none. */
  public Optional<Refusal> refusal() {
    return refusal;
  }
}
