package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.supervision.Role;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import io.sessionbridge.text.UntrustedText;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that peers refused for good, kept for inspection in a journal of their own of 64 MiB that
 * evicts the oldest. Opened with the first dead letter. Thread-safe.
 *
 * <pre>
 *  1  version, 1
 *  2  length, then the sink's id
 *  2  length, then the event's id
 *  2  length, then the reason
 *  *  the event's record as in the main journal, or its data as the sink received it, to the end
 * </pre>
 */
public final class DeadLetters implements AutoCloseable {

  private static final byte VERSION = 1;

  /** A message and the end of a program's output; at most three bytes per character. */
  private static final int MAX_REASON =
      UntrustedText.LONGEST_MESSAGE + 2 + DeliveryResult.Rejection.LONGEST_DETAIL;

  /** Largest group in bytes, unless a single letter is larger; a segment has 1 MiB. */
  private static final int MAX_GROUP_BYTES = 512 << 10;

  private final JournalConfig config;
  private final Path folder;
  private final Storage storage;
  private final Clock clock;
  private final Role writer;
  private @Nullable Journal journal;

  /** Opens nothing yet; its thread has a supervisor of its own. */
  public DeadLetters(JournalConfig config, Path folder, Storage storage, Clock clock) {
    this(config, folder, storage, clock, new Supervisor());
  }

  /**
   * Opens nothing yet.
   *
   * @param folder used only for the dead letters
   * @param owner supervises the thread {@code dead-letters}. A defect that ends the thread stops
   *     only sinks that have rejected events.
   */
  public DeadLetters(
      JournalConfig config, Path folder, Storage storage, Clock clock, Supervisor owner) {
    this.writer = owner.role("dead-letters", "dead letters", Need.USEFUL);
    this.config = config;
    this.folder = folder;
    this.storage = storage;
    this.clock = clock;
  }

  /**
   * A rejected event.
   *
   * @param payload the event's record as in the main journal, or the gap's body
   */
  record Letter(String sink, String eventId, String reason, byte[] payload) {}

  /** Makes the letters durable in order, with one force per {@link #MAX_GROUP_BYTES}. */
  void add(List<Letter> letters) throws IOException, InterruptedException {
    if (letters.isEmpty()) {
      return;
    }
    try {
      write(letters);
    } catch (IOException e) {
      throw new IOException("dead letters cannot be written: " + e.getMessage(), e);
    }
  }

  private void write(List<Letter> letters) throws IOException, InterruptedException {
    Journal open = open();
    long micros = Rfc3339.toMicros(clock.now());
    List<Appended> appended = new ArrayList<>();
    List<Entry> group = new ArrayList<>();
    long bytes = 0;
    for (Letter letter : letters) {
      Entry entry = new Entry(micros, encode(letter));
      if (!group.isEmpty() && bytes + entry.payload().length > MAX_GROUP_BYTES) {
        appended.add(open.append(group));
        group.clear();
        bytes = 0;
      }
      group.add(entry);
      bytes += entry.payload().length;
    }
    appended.add(open.append(group));
    for (Appended one : appended) {
      open.awaitDurable(one);
    }
  }

  private static byte[] encode(Letter letter) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(letter.payload.length + 256);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    writeText(out, letter.sink);
    writeText(out, letter.eventId);
    writeText(out, letter.reason);
    out.write(letter.payload);
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes =
        text.substring(0, Math.min(text.length(), MAX_REASON)).getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private synchronized Journal open() throws IOException {
    Journal open = journal;
    if (open == null) {
      open = Journal.open(config, folder, storage, clock, writer);
      open.beginRetention(); // it has no cursors
      journal = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (journal != null) {
      journal.close();
      journal = null;
    }
  }
}
