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
 * What sinks refused for good, kept for somebody to look at: a journal of its own of 64 MiB, oldest
 * out. Opened when the first letter comes. Safe for use by several loops.
 *
 * <pre>
 *  1  version, 1
 *  2  length, then the sink's id
 *  2  length, then the event's id
 *  2  length, then the reason
 *  *  the event's record as in the main journal, or its data as the sink got it, to the end
 * </pre>
 */
public final class DeadLetters implements AutoCloseable {

  private static final byte VERSION = 1;

  /** A message, and the end of what a program printed; at most three bytes a character. */
  private static final int LONGEST_REASON =
      UntrustedText.LONGEST_MESSAGE + 2 + DeliveryResult.Rejection.LONGEST_DETAIL;

  /** Bytes of a group at most, unless one letter is larger: a segment has 1 MiB. */
  private static final int MOST_BYTES = 512 << 10;

  private final JournalConfig config;
  private final Path folder;
  private final Storage storage;
  private final Clock clock;
  private final Role writer;
  private @Nullable Journal journal;

  /** Opens nothing yet, and has a thread that nobody watches. */
  public DeadLetters(JournalConfig config, Path folder, Storage storage, Clock clock) {
    this(config, folder, storage, clock, new Supervisor());
  }

  /**
   * Opens nothing yet.
   *
   * @param folder of the dead letters alone
   * @param owner of the thread {@code dead-letters}. A defect that ends it stops the sinks that
   *     have something to bury, and no other.
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
   * A refused event.
   *
   * @param payload the event's record as in the main journal, or the gap's body
   */
  record Letter(String sink, String eventId, String reason, byte[] payload) {}

  /** Makes the letters durable in order, with one force for up to {@link #MOST_BYTES} of them. */
  void add(List<Letter> letters) throws IOException, InterruptedException {
    if (letters.isEmpty()) {
      return;
    }
    try {
      write(letters);
    } catch (IOException e) {
      throw new IOException("the dead letters: " + e.getMessage(), e);
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
      if (!group.isEmpty() && bytes + entry.payload().length > MOST_BYTES) {
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
        text.substring(0, Math.min(text.length(), LONGEST_REASON)).getBytes(StandardCharsets.UTF_8);
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
