package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The login of the sink.
 *
 * @param username empty only for {@link SaslMechanism#GSSAPI}
 * @param passwordFile read at each connect, so that a new password needs no restart
 */
record Login(
    SaslMechanism mechanism, Optional<String> username, Optional<SecretFile> passwordFile) {

  private static final Key<SaslMechanism> MECHANISM =
      Key.oneOf("sasl_mechanism", SaslMechanism.class)
          .optional("login mechanism; absent = no login");
  private static final Key<String> USERNAME =
      Key.text("username").optional("user name; for oauthbearer the client id");
  private static final Key<SecretFile> PASSWORD_FILE =
      Key.secretFile("password_file").optional("file that contains the password or client secret");

  static final List<Key<?>> KEYS = List.of(MECHANISM, USERNAME, PASSWORD_FILE);

  static Optional<Login> read(ConfigValues values) {
    Optional<SaslMechanism> mechanism = values.find(MECHANISM);
    if (mechanism.isEmpty()) {
      for (Key<?> key : List.of(USERNAME, PASSWORD_FILE)) {
        if (values.given(key)) {
          values.problem(key, "has no effect without sasl_mechanism");
        }
      }
      return Optional.empty();
    }
    boolean needed = mechanism.get().needsPassword();
    for (Key<?> key : List.of(USERNAME, PASSWORD_FILE)) {
      if (values.given(key) != needed) {
        String with = "with sasl_mechanism " + mechanism.get().kafkaName();
        values.problem(key, needed ? "is needed " + with : "has no effect " + with);
      }
    }
    return Optional.of(
        new Login(mechanism.get(), values.find(USERNAME), values.find(PASSWORD_FILE)));
  }

  void putSettings(Map<String, Object> settings) throws IOException {
    settings.put("sasl.mechanism", mechanism.kafkaName());
    if (username.isEmpty() || passwordFile.isEmpty()) {
      return;
    }
    String password = passwordFile.get().read();
    if (mechanism == SaslMechanism.OAUTHBEARER) {
      settings.put("sasl.oauthbearer.client.credentials.client.id", username.get());
      settings.put("sasl.oauthbearer.client.credentials.client.secret", password);
      settings.put("sasl.jaas.config", mechanism.loginModule() + " required;");
      settings.put(
          "sasl.login.callback.handler.class",
          "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler");
      return;
    }
    settings.put(
        "sasl.jaas.config",
        mechanism.loginModule()
            + " required username="
            + quoted(username.get())
            + " password="
            + quoted(password)
            + ";");
  }

  /** Escapes for {@link java.io.StreamTokenizer}, with which Kafka reads JAAS text. */
  private static String quoted(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return '"' + escaped + '"';
  }
}
