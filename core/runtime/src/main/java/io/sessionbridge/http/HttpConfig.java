package io.sessionbridge.http;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;

/**
 * The section {@code http}.
 *
 * @param address where to listen
 */
public record HttpConfig(ListenAddress address) {

  private static final Key<String> ADDRESS =
      Key.text("address")
          .where(
              text -> ListenAddress.parse(text).isPresent(),
              "must be host:port with a port up to 65535, such as 127.0.0.1:9464")
          .orElse(
              ListenAddress.LOOPBACK + ":9464",
              "address to listen on; an address other than loopback is open to the network");

  /** The section's keys. */
  public static final ConfigSpec<HttpConfig> SPEC =
      ConfigSpec.of(
          values -> new HttpConfig(ListenAddress.parse(values.get(ADDRESS)).orElseThrow()),
          ADDRESS);
}
