package io.sessionbridge.sink.mqtt;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import io.sessionbridge.tcp.HostPort;
import io.sessionbridge.tcp.HttpProxy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP proxy that connects us to the broker.
 *
 * @param login empty if it wants none
 */
record ProxyAddress(String host, int port, Optional<Login> login) {

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s/:@\\[\\]]+):(\\d{1,5})");

  private static final Key<String> PROXY =
      Key.text("proxy")
          .where(text -> HOST_AND_PORT.matcher(text).matches(), "must be host:port")
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
    return proxy.map(HOST_AND_PORT::matcher).filter(Matcher::matches).map(m -> of(m, login));
  }

  private static ProxyAddress of(Matcher hostAndPort, Optional<Login> login) {
    String host = hostAndPort.group(1);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new ProxyAddress(bare, Integer.parseInt(hostAndPort.group(2)), login);
  }

  HttpProxy route() {
    return new HttpProxy(
        new HostPort(host, port),
        login.map(known -> new HttpProxy.Login(known.username(), known.passwordFile())));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
