package io.sessionbridge.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.ConfigValues;
import io.sessionbridge.config.Key;
import io.sessionbridge.config.SecretFile;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The section {@code privacy} of every sink. */
public final class PrivacyKeys {

  private static final Key<Protection> USERS =
      Key.oneOf("users", Protection.class)
          .orElse(
              Protection.PLAIN,
              "names, domains, SIDs, UPNs and logon ids of users: plain, as pseudonyms, or not at"
                  + " all");
  private static final Key<Protection> CLIENTS =
      Key.oneOf("clients", Protection.class)
          .orElse(
              Protection.PLAIN,
              "names and addresses of clients: plain, as pseudonyms, or not at all");
  private static final Key<String> HOSTS =
      Key.oneOf("hosts", List.of(Protection.PLAIN.word(), Protection.PSEUDONYM.word()))
          .orElse(
              Protection.PLAIN.word(),
              "names, ids and domains of hosts, with the event's source, topics and keys: plain or"
                  + " as pseudonyms");
  private static final Key<SecretFile> KEY_FILE =
      Key.secretFile("pseudonym_key_file")
          .optional(
              "file that contains the key of the pseudonyms, a text of at least "
                  + Pseudonyms.SHORTEST_KEY
                  + " bytes; read when the agent starts");

  /** The keys of the section. */
  public static final ConfigSpec<Privacy> SPEC =
      ConfigSpec.of(PrivacyKeys::read, USERS, CLIENTS, HOSTS, KEY_FILE);

  private PrivacyKeys() {}

  private static Privacy read(ConfigValues values) {
    Protection users = values.get(USERS);
    Protection clients = values.get(CLIENTS);
    Protection hosts =
        values.get(HOSTS).equals(Protection.PLAIN.word()) ? Protection.PLAIN : Protection.PSEUDONYM;
    boolean needed =
        Stream.of(users, clients, hosts).anyMatch(wanted -> wanted == Protection.PSEUDONYM);
    if (!needed) {
      if (values.given(KEY_FILE)) {
        values.problem(KEY_FILE, "has no effect without pseudonym in users, clients or hosts");
      }
      return new Privacy(users, clients, hosts, null, null);
    }
    if (values.find(KEY_FILE).isEmpty()) {
      values.problem(KEY_FILE, "is missing: pseudonyms need a key");
      return Privacy.PLAIN;
    }
    SecretFile file = values.find(KEY_FILE).get();
    Pseudonyms pseudonyms = pseudonyms(file, values);
    return pseudonyms == null
        ? Privacy.PLAIN
        : new Privacy(users, clients, hosts, pseudonyms, file);
  }

  /** Null after a problem was reported: such a configuration is not used. */
  private static @Nullable Pseudonyms pseudonyms(SecretFile file, ConfigValues values) {
    try {
      return read(file);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      String front = file.key() + ": ";
      values.problem(
          KEY_FILE,
          "cannot be used: "
              + (message.startsWith(front) ? message.substring(front.length()) : message));
      return null;
    }
  }

  /**
   * Reads a key file.
   *
   * @throws IOException if it cannot be read or is too short; the message names the key and the
   *     file
   */
  static Pseudonyms read(SecretFile file) throws IOException {
    String key = file.read();
    int bytes = key.getBytes(UTF_8).length;
    if (bytes < Pseudonyms.SHORTEST_KEY) {
      throw new IOException(
          "%s: the key in %s must have at least %d bytes, had %d; create one: openssl rand -base64 32"
              .formatted(file.key(), file.path(), Pseudonyms.SHORTEST_KEY, bytes));
    }
    return new Pseudonyms(key);
  }
}
