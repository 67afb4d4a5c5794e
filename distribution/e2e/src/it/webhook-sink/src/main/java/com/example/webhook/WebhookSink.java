package com.example.webhook;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** Posts batches of CloudEvents, as the HTTP binding of CloudEvents 1.0 describes them. */
final class WebhookSink implements Sink {

  private static final String BATCH = "application/cloudevents-batch+json";

  private final WebhookConfig config;
  private volatile Health health = Health.up();

  WebhookSink(WebhookConfig config) {
    this.config = config;
  }

  /** HTTP has no standing connection: whether the server is there shows at the first batch. */
  @Override
  public void connect() {}

  @Override
  public DeliveryResult deliver(List<EncodedEvent> batch) {
    try {
      int status = post(batch);
      if (isRefusal(status)) {
        return deliverSingly(batch);
      }
      return isSuccess(status)
          ? good(DeliveryResult.delivered(batch.size()))
          : bad(0, List.of(), answered(status));
    } catch (IOException e) {
      return bad(0, List.of(), unreachable(e));
    }
  }

  /** Finds the events that the server refuses; all others of the batch must arrive. */
  private DeliveryResult deliverSingly(List<EncodedEvent> batch) {
    List<Rejection> rejected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      try {
        int status = post(batch.subList(i, i + 1));
        if (isRefusal(status)) {
          rejected.add(new Rejection(i, answered(status)));
        } else if (!isSuccess(status)) {
          return bad(i, rejected, answered(status));
        }
      } catch (IOException e) {
        return bad(i, rejected, unreachable(e));
      }
    }
    return good(DeliveryResult.settled(batch.size(), rejected));
  }

  private int post(List<EncodedEvent> events) throws IOException {
    HttpURLConnection request = (HttpURLConnection) config.url().toURL().openConnection();
    try {
      int timeout = (int) config.timeout().toMillis();
      request.setConnectTimeout(timeout);
      request.setReadTimeout(timeout);
      request.setInstanceFollowRedirects(false);
      request.setRequestMethod("POST");
      request.setRequestProperty("Content-Type", BATCH);
      request.setDoOutput(true);
      request.setChunkedStreamingMode(0);
      try (OutputStream body = request.getOutputStream()) {
        write(events, body);
      }
      return request.getResponseCode();
    } finally {
      request.disconnect();
    }
  }

  private static void write(List<EncodedEvent> events, OutputStream body) throws IOException {
    char separator = '[';
    for (EncodedEvent event : events) {
      body.write(separator);
      body.write(event.body());
      separator = ',';
    }
    body.write(']');
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  /** The server will never take it. Wrong credentials (401, 403) and overload are no refusals. */
  private static boolean isRefusal(int status) {
    return status == 400 || status == 413 || status == 415 || status == 422;
  }

  private DeliveryResult good(DeliveryResult result) {
    health = Health.up();
    return result;
  }

  /** The core keeps the events from {@code settled} on and delivers them again. */
  private DeliveryResult bad(int settled, List<Rejection> rejected, String message) {
    health = Health.down(message);
    return DeliveryResult.failed(settled, rejected, message);
  }

  private String answered(int status) {
    return config.url().getHost() + " answered HTTP " + status;
  }

  private String unreachable(IOException e) {
    return config.url().getHost() + " is not reached: " + e.getMessage() + ": check url";
  }

  @Override
  public Health check() {
    return health;
  }

  @Override
  public void close() {
    health = Health.down("closed");
  }
}
