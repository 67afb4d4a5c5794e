package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics hold something of this host at the broker, over restarts and crashes: what is true
 * no longer has to be cleared there, also by a later run.
 *
 * <p>Each change is a file of its own, {@code retained-<number>.txt}, and the highest number that
 * is whole counts. The older ones are deleted once it is durable.
 *
 * <pre>
 * 8 hexadecimal digits   CRC32C of all that follows the line
 * one topic a line       UTF-8, sorted
 * </pre>
 *
 * <p>For one thread.
 */
public final class RememberedTopics {

  private static final Logger LOG = LoggerFactory.getLogger(RememberedTopics.class);

  private static final Pattern NAME = Pattern.compile("retained-(\\d{1,18})\\.txt");
  private static final int LENGTH_OF_SUM = 9;
  private static final int LARGEST = 64 << 20;

  private final Storage storage;
  private final Path folder;
  private long number;
  private @Nullable NavigableSet<String> topics;

  /** Reads nothing yet. */
  public RememberedTopics(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** Those that may hold something. */
  NavigableSet<String> all() throws IOException {
    NavigableSet<String> known = topics;
    if (known == null) {
      known = read();
      topics = known;
    }
    return Collections.unmodifiableNavigableSet(known);
  }

  /** From now on it is these; durable when this returns. If it throws, those before count. */
  void set(Collection<String> changed) throws IOException {
    NavigableSet<String> next = new TreeSet<>(changed);
    if (next.equals(all())) {
      return;
    }
    storage.createFolders(folder);
    Path file = folder.resolve("retained-" + (number + 1) + ".txt");
    storage.delete(file); // of an attempt that failed
    try (StorageFile out = storage.create(file)) {
      out.write(ByteBuffer.wrap(encode(next)), 0);
      out.force();
    }
    storage.forceFolder(folder);
    number++;
    topics = next;
    deleteOlder();
  }

  private void deleteOlder() {
    try {
      for (Path file : storage.list(folder)) {
        Optional<Long> older = numberOf(file).filter(found -> found < number);
        if (older.isPresent()) {
          storage.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.debug("an older list of topics is deleted with the next one: {}", e.getMessage());
    }
  }

  private NavigableSet<String> read() throws IOException {
    NavigableSet<Long> numbers = new TreeSet<>(Collections.reverseOrder());
    storage.list(folder).forEach(file -> numberOf(file).ifPresent(numbers::add));
    for (long found : numbers) {
      number = Math.max(number, found);
      Optional<NavigableSet<String>> whole = decode(folder.resolve("retained-" + found + ".txt"));
      if (whole.isPresent()) {
        return whole.get();
      }
    }
    if (!numbers.isEmpty()) {
      LOG.warn(
          "the list of topics in {} is damaged: what it named stays at the broker until it is"
              + " published again or cleared by hand",
          folder);
    }
    return new TreeSet<>();
  }

  private static Optional<Long> numberOf(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches() ? Optional.of(Long.parseLong(name.group(1))) : Optional.empty();
  }

  private static byte[] encode(NavigableSet<String> topics) {
    StringBuilder lines = new StringBuilder();
    topics.forEach(topic -> lines.append(topic).append('\n'));
    byte[] body = lines.toString().getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH_OF_SUM + body.length);
    return bytes.put((sum(body) + "\n").getBytes(US_ASCII)).put(body).array();
  }

  /** Empty if it is torn or damaged. */
  private Optional<NavigableSet<String>> decode(Path file) throws IOException {
    try (StorageFile in = storage.openReadOnly(file)) {
      long size = in.size();
      if (size < LENGTH_OF_SUM || size > LARGEST) {
        return Optional.empty();
      }
      byte[] bytes = new byte[Math.toIntExact(size)];
      int read = in.read(ByteBuffer.wrap(bytes), 0);
      String head = new String(bytes, 0, LENGTH_OF_SUM, US_ASCII);
      byte[] body = new byte[bytes.length - LENGTH_OF_SUM];
      System.arraycopy(bytes, LENGTH_OF_SUM, body, 0, body.length);
      if (read < bytes.length || !head.equals(sum(body) + "\n")) {
        return Optional.empty();
      }
      String text = new String(body, UTF_8);
      return Optional.of(new TreeSet<>(text.isEmpty() ? List.of() : text.lines().toList()));
    }
  }

  private static String sum(byte[] body) {
    CRC32C sum = new CRC32C();
    sum.update(body);
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
