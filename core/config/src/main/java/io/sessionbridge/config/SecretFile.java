package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.SecretPermissions;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that contains a secret. It is read at each use, so that a rotated secret takes effect at
 * the next connect. Its content is never kept or shown.
 *
 * @param path the file
 * @param key the dotted path of the key that names it, for messages
 */
public record SecretFile(Path path, String key) {
  private static final int LONGEST = 64 * 1024;

  /**
   * Returns the file's text without a byte order mark and without one line break at the end.
   *
   * @throws IOException if it cannot be read, is empty, longer than 64 KiB or not UTF-8; the
   *     message names the key and the file
   */
  public String read() throws IOException {
    String text = decode(bytes());
    String secret = text.startsWith("\uFEFF") ? text.substring(1) : text;
    secret = secret.endsWith("\n") ? secret.substring(0, secret.length() - 1) : secret;
    secret = secret.endsWith("\r") ? secret.substring(0, secret.length() - 1) : secret;
    if (secret.isEmpty()) {
      throw new IOException(key + ": " + path + " is empty");
    }
    return secret;
  }

  /** Why {@link #read} fails now; empty if it does not. */
  public Optional<String> problem() {
    try {
      String unused = read();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private byte[] bytes() throws IOException {
    Optional<String> problem = SecretPermissions.problem(path);
    if (problem.isPresent()) {
      throw new IOException(key + ": " + path + " " + problem.get());
    }
    try {
      return WholeFile.read(path, LONGEST);
    } catch (WholeFile.TooLargeException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(key + ": " + unreadable(path, e), e);
    }
  }

  /**
   * Why a file that a key names cannot be read. The name of a missing file is not repeated: it may
   * be the secret itself, written in place of the file name.
   */
  public static String unreadable(Path path, IOException cause) {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return path + " cannot be read: " + FileReason.of(cause, path);
    }
    return cause instanceof AccessDeniedException
        ? "the file cannot be reached: permission denied in a folder above it"
        : "the file does not exist (the key takes the name of a file that holds the secret)";
  }

  private String decode(byte[] bytes) throws IOException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(key + ": " + path + " must be UTF-8", e);
    }
  }
}
