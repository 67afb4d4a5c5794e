package com.example.webhook;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;
import java.net.URI;
import java.time.Duration;

/**
 * The keys of a webhook sink.
 *
 * @param url of the server
 * @param timeout for the connection and for the answer
 */
record WebhookConfig(URI url, Duration timeout) {

  private static final Key<String> URL =
      Key.text("url")
          .where(WebhookConfig::isHttp, "must be a URL such as https://siem.example/events")
          .required("where the events are posted");

  private static final Key<Duration> TIMEOUT =
      Key.duration("timeout")
          .between(Duration.ofSeconds(1), Duration.ofMinutes(1))
          .orElse(Duration.ofSeconds(10), "time for the connection and for the answer");

  static final ConfigSpec<WebhookConfig> SPEC =
      ConfigSpec.of(
          values -> new WebhookConfig(URI.create(values.get(URL)), values.get(TIMEOUT)),
          URL,
          TIMEOUT);

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null && uri.getScheme().matches("https?");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
