package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that holds a secret. It is read at each use, so that a rotated secret is taken at the next
 * connect; nothing of its content is ever kept or shown.
 *
 * @param path the file
 * @param key the dotted path of the key that names it, for messages
 */
public record SecretFile(Path path, String key) {
  private static final int LONGEST = 64 * 1024;

  /**
   * The secret: the file's text without a byte order mark and without one line break at the end.
   *
   * @throws IOException if it cannot be read, is empty, longer than 64 KiB or not UTF-8; the
   *     message names the key and the file
   */
  public String read() throws IOException {
    byte[] bytes = bytes();
    if (bytes.length > LONGEST) {
      throw new IOException(key + ": " + path + " is longer than 64KiB, is it the right file?");
    }
    String text = decode(bytes);
    String secret = text.startsWith("\uFEFF") ? text.substring(1) : text;
    secret = secret.endsWith("\n") ? secret.substring(0, secret.length() - 1) : secret;
    secret = secret.endsWith("\r") ? secret.substring(0, secret.length() - 1) : secret;
    if (secret.isEmpty()) {
      throw new IOException(key + ": " + path + " is empty");
    }
    return secret;
  }

  private byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(key + ": " + path + " does not exist", e);
    } catch (IOException e) {
      throw new IOException(key + ": " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String decode(byte[] bytes) throws IOException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(key + ": " + path + " must be UTF-8", e);
    }
  }
}
