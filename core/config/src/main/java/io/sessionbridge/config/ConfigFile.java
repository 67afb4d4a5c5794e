package io.sessionbridge.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.config.tree.ConfigMapping;
import io.sessionbridge.config.tree.ConfigNode;
import io.sessionbridge.config.tree.YamlTree;
import io.sessionbridge.config.type.ParseContext;
import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The configuration file: UTF-8, with or without a byte order mark, at most 1 MiB, one YAML
 * document without anchors, aliases, merge keys and tags. Every scalar is text. Nothing is taken
 * from the environment.
 */
public final class ConfigFile {
  /** In bytes. */
  public static final int LARGEST = 1024 * 1024;

  private ConfigFile() {}

  /**
   * Reads a file.
   *
   * @return its top-level mapping, also if there are problems elsewhere in the file; empty if there
   *     is none, after the reason was added
   */
  public static Optional<ConfigMapping> read(Path file, Problems problems) {
    Place whole = new Place(file.toString(), 0, "");
    try {
      if (Files.isDirectory(file)) {
        problems.add(whole, "must be a file, was a folder");
        return Optional.empty();
      }
      if (Files.notExists(file)) {
        problems.add(whole, "does not exist");
        return Optional.empty();
      }
      return decode(WholeFile.read(file, LARGEST), whole, problems)
          .flatMap(text -> parse(whole.file(), text, problems));
    } catch (WholeFile.TooLargeException e) {
      problems.add(whole, "must be at most 1MiB, was larger");
      return Optional.empty();
    } catch (AccessDeniedException e) {
      problems.add(whole, "cannot be read: access denied");
      return Optional.empty();
    } catch (IOException e) {
      problems.add(whole, "cannot be read: " + FileReason.of(e, file));
      return Optional.empty();
    }
  }

  /** Like {@link #read}, for a text in memory; {@code fileName} is for messages. */
  public static Optional<ConfigMapping> parse(String fileName, String text, Problems problems) {
    if (text.length() > LARGEST) {
      problems.add(new Place(fileName, 0, ""), "must be at most 1MiB, was larger");
      return Optional.empty();
    }
    String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return YamlTree.read(fileName, yaml, problems).flatMap(top -> mapping(top, problems));
  }

  private static Optional<ConfigMapping> mapping(ConfigNode top, Problems problems) {
    if (top.mapping().isEmpty()) {
      new ParseContext(problems, false).refuse(top, "must be a mapping of key to value");
    }
    return top.mapping();
  }

  private static Optional<String> decode(byte[] bytes, Place whole, Problems problems) {
    if (isUtf16(bytes)) {
      problems.add(whole, "must be saved as UTF-8, was UTF-16");
      return Optional.empty();
    }
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
      problems.add(
          new Place(whole.file(), line, ""), "must be saved as UTF-8, was another encoding");
      return Optional.empty();
    }
    return Optional.of(text.toString());
  }

  /** Whether it begins with a byte order mark of UTF-16, which PowerShell writes. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int mark = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    return mark == 0xfffe || mark == 0xfeff;
  }
}
