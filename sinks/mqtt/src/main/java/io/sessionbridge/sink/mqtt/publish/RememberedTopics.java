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
 * Records durably which retained topics of this host exist at the broker, so that a later run can
 * clear obsolete ones.
 *
 * <p>Each change writes a new file, {@code retained-<number>.txt}; the complete one with the
 * highest number counts. Older files are deleted once the new one is durable.
 *
 * <pre>
 * 8 hexadecimal digits   CRC32C of everything after this line
 * one topic per line     UTF-8, sorted
 * </pre>
 *
 * <p>For use by one thread.
 */
public final class RememberedTopics {

  private static final Logger LOG = LoggerFactory.getLogger(RememberedTopics.class);

  private static final Pattern NAME = Pattern.compile("retained-(\\d{1,18})\\.txt");
  private static final int LENGTH_OF_SUM = 9;
  private static final int LARGEST = 64 << 20;

  private final String sinkId;
  private final Storage storage;
  private final Path folder;
  private long number;
  private @Nullable NavigableSet<String> topics;

  /** Does not read yet. */
  public RememberedTopics(String sinkId, Storage storage, Path folder) {
    this.sinkId = sinkId;
    this.storage = storage;
    this.folder = folder;
  }

  /** The topics that may exist at the broker. */
  NavigableSet<String> all() throws IOException {
    NavigableSet<String> known = topics;
    if (known == null) {
      known = read();
      topics = known;
    }
    return Collections.unmodifiableNavigableSet(known);
  }

  /** Replaces the topics, durably. If it throws, the previous ones stay. */
  void set(Collection<String> changed) throws IOException {
    NavigableSet<String> next = new TreeSet<>(changed);
    if (next.equals(all())) {
      return;
    }
    storage.createFolders(folder);
    Path file = folder.resolve("retained-" + (number + 1) + ".txt");
    storage.delete(file); // left by a failed attempt
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
      LOG.debug("an older list of topics will be deleted with the next one: {}", e.getMessage());
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
          "sink {}: the topic list in {} is damaged; old retained topics stay at the broker: clear"
              + " each with mosquitto_pub -r -n -t TOPIC",
          sinkId,
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

  /** Empty if it is incomplete or damaged. */
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
