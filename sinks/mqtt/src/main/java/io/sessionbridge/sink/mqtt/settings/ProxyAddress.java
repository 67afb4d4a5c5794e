package io.sessionbridge.sink.mqtt.settings;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.HttpProxy;
import java.util.List;
import java.util.Optional;

/**
 * The HTTP proxy for the connection to the broker.
 *
 * @param login empty if it requires none
 */
public record ProxyAddress(HostPort server, Optional<Login> login) {

  private static final Key<String> PROXY =
      Key.text("proxy")
          .where(text -> HostPort.parse(text).isPresent(), "must be " + HostPort.RULE)
          .optional("HTTP proxy that supports CONNECT, host:port");
  private static final Key<String> USERNAME =
      Key.text("proxy_username").optional("user name for the proxy");
  private static final Key<SecretFile> PASSWORD_FILE =
      Key.secretFile("proxy_password_file").optional("file that contains the proxy password");

  static final List<Key<?>> KEYS = List.of(PROXY, USERNAME, PASSWORD_FILE);

  static Optional<ProxyAddress> read(ConfigValues values) {
    Optional<Login> login = Login.read(values, USERNAME, PASSWORD_FILE);
    Optional<String> proxy = values.find(PROXY);
    if (proxy.isEmpty() && login.isPresent()) {
      values.problem(USERNAME, "has no effect without proxy");
    }
    return proxy.flatMap(HostPort::parse).map(server -> new ProxyAddress(server, login));
  }

  public HttpProxy route() {
    return new HttpProxy(
        server, login.map(known -> new HttpProxy.Login(known.username(), known.passwordFile())));
  }

  @Override
  public String toString() {
    return server.toString();
  }
}
