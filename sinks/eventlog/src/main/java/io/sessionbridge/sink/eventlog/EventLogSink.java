package io.sessionbridge.sink.eventlog;

import io.sessionbridge.health.Health;
import io.sessionbridge.sink.eventlog.messages.EventIds;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.windows.ErrorCode;
import io.sessionbridge.windows.eventlog.LogEntry;
import io.sessionbridge.windows.eventlog.LogWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes each event as an entry of the Application log. An event is settled when Windows reports
 * the write as successful; it is as durable as the log.
 */
final class EventLogSink implements Sink {

  private final LogWriter log;
  private boolean open;
  private volatile Health health = Health.degraded("not opened yet");

  EventLogSink(LogWriter log) {
    this.log = log;
  }

  @Override
  public void connect() throws DeliveryException {
    close();
    int error = log.open(EventIds.SOURCE);
    if (error != ErrorCode.NONE) {
      throw new DeliveryException(failed(error));
    }
    open = true;
    health = Health.up();
  }

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    if (!open) {
      return DeliveryResult.unavailable(0, List.of(), "the event log is not open");
    }
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      Optional<LogEntry> entry = Entries.of(batch.get(i));
      int error = entry.map(log::write).orElse(LogWriter.TOO_LARGE);
      if (LogFailure.isOfTheEvent(error)) {
        rejected.add(new Rejection(i, LogFailure.refusal(error, batch.get(i).body().length)));
      } else if (error != ErrorCode.NONE) {
        close(); // after a restart of the service the handle is invalid
        return retry(i, rejected, error);
      }
    }
    health = Health.up();
    return DeliveryResult.settled(batch.size(), rejected);
  }

  private DeliveryResult retry(int settled, List<Rejection> rejected, int error) {
    String message = failed(error);
    return LogFailure.isOfTheLog(error)
        ? DeliveryResult.unavailable(settled, rejected, message)
        : DeliveryResult.failed(settled, rejected, message);
  }

  private String failed(int error) {
    String message = LogFailure.text(error);
    health = Health.degraded(message);
    return message;
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    open = false;
    log.close();
  }
}
