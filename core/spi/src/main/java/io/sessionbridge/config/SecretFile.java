package io.sessionbridge.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with a secret in it. The secret is read each time it is needed, so that a new one takes
 * effect without a restart, and is never held or printed.
 */
public final class SecretFile {

  private final String key;
  private final Path path;

  private SecretFile(String key, Path path) {
    this.key = key;
    this.path = path;
  }

  static KeyType<SecretFile> type(String key) {
    KeyType<Path> path = KeyTypes.path();
    return new KeyType<>() {
      @Override
      public String word() {
        return "path";
      }

      @Override
      public SecretFile read(ConfigNode node, Problems problems) throws Misfit {
        return new SecretFile(key, path.read(node, problems));
      }
    };
  }

  public Path path() {
    return path;
  }

  /**
   * The file's text without the line end after it.
   *
   * @throws IOException with the key, the file and what is wrong with it
   */
  public String read() throws IOException {
    String text;
    try {
      text = Files.readString(path);
    } catch (IOException e) {
      throw new IOException(key + " " + path + " cannot be read: " + e, e);
    }
    String secret = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    secret = secret.endsWith("\r") ? secret.substring(0, secret.length() - 1) : secret;
    if (secret.isEmpty()) {
      throw new IOException(key + " " + path + " is empty");
    }
    return secret;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
