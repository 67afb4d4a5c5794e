package io.sessionbridge.sink.mqtt.settings;

import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import java.util.Optional;

/**
 * A user and the file with the password.
 *
 * @param passwordFile read at each connect, so that a new password needs no restart
 */
public record Login(String username, SecretFile passwordFile) {

  /** Both keys or none. */
  static Optional<Login> read(
      ConfigValues values, Key<String> username, Key<SecretFile> passwordFile) {
    if (values.given(username) && !values.given(passwordFile)) {
      values.problem(username, "needs " + passwordFile);
    }
    if (values.given(passwordFile) && !values.given(username)) {
      values.problem(passwordFile, "needs " + username);
    }
    return values
        .find(username)
        .flatMap(name -> values.find(passwordFile).map(file -> new Login(name, file)));
  }
}
