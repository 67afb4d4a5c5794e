package io.sessionbridge.tls;

import io.sessionbridge.config.SecretFile;
import io.sessionbridge.config.SecretText;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.SecretPermissions;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM file that a configuration key names. It is read at each use, so that a renewed file takes
 * effect at the next connect.
 *
 * @param key the name of the key, for messages
 */
public record PemFile(String key, Path path) {

  /** Java's own authorities take 220 KiB. */
  private static final int LONGEST = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /**
   * A block of the file.
   *
   * @param type as in its first line, for instance {@code CERTIFICATE}
   * @param bytes decoded
   */
  record Block(String type, byte[] bytes) {}

  /**
   * Returns the text of the file.
   *
   * @throws IOException if it cannot be read, is longer than 1 MiB, is not PEM, or contains a key
   *     that is not PKCS#8; the message names the key and the file
   */
  public String read() throws IOException {
    String text;
    try {
      text = new String(WholeFile.read(path, LONGEST), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException(
          SecretText.isUnder(key)
              ? key + ": " + SecretFile.unreadable(path, e)
              : this + " does not exist",
          e);
    } catch (WholeFile.TooLargeException e) {
      throw new IOException(key + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(this + " cannot be read: " + FileReason.of(e, path), e);
    }
    requirePrivate(text);
    if (text.contains("-----BEGIN RSA PRIVATE KEY") || text.contains("-----BEGIN EC PRIVATE KEY")) {
      throw new IOException(
          this + " is not PKCS#8; convert it with openssl pkcs8 -topk8 -in " + path);
    }
    if (!text.contains("-----BEGIN ")) {
      throw new IOException(this + " is not PEM: it has no line -----BEGIN ...-----");
    }
    return text;
  }

  /** Applies to every file with a private key, whichever configuration key names it. */
  private void requirePrivate(String text) throws IOException {
    if (!text.contains("PRIVATE KEY-----")) {
      return;
    }
    Optional<String> problem = SecretPermissions.problem(path);
    if (problem.isPresent()) {
      throw new IOException(this + " " + problem.get());
    }
  }

  /** Returns the blocks of the file, at least one. */
  List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(read());
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), decode(matcher.group(1), matcher.group(2))));
    }
    if (blocks.isEmpty()) {
      throw damaged("a line -----BEGIN ...----- has no -----END ...----- after it");
    }
    return blocks;
  }

  private byte[] decode(String type, String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw damaged(type + " is not base64: " + e.getMessage());
    }
  }

  IOException damaged(String why) {
    return new IOException(this + " is damaged: " + why);
  }

  /** For messages: the key and the file. */
  @Override
  public String toString() {
    return key + " " + path;
  }
}
