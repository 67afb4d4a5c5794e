package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bounded read returns what fits, but at least one record, and each record once. */
class ReadRoomTest {

  private static final class Bounded implements JournalReader.Taker {
    private final List<Long> sequences = new ArrayList<>();
    private long bytes;
    private long left;

    private Bounded(long room) {
      this.left = room;
    }

    @Override
    public boolean hasRoomFor(int payloadBytes) {
      return payloadBytes <= left;
    }

    @Override
    public void take(JournalRecord record) {
      sequences.add(record.first());
      int length = ((JournalRecord.Data) record).payload().length;
      bytes += length;
      left -= length;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void overTheEndsOfSegmentsToo(long seed) throws Exception {
    Random random = new Random(seed);
    ModelStorage disk = new ModelStorage();
    JournalConfig defaults = JournalConfig.defaults();
    JournalConfig small =
        new JournalConfig(
            defaults.maxBytes(),
            8 << 10,
            defaults.maxAge(),
            defaults.segmentMaxAge(),
            defaults.whenFull(),
            defaults.durability(),
            false);
    try (Journal journal = Journal.open(small, Path.of("data"), disk, Clock.system());
        JournalReader reader = journal.reader(0)) {
      List<Long> expected = new ArrayList<>();
      for (long i = 1; i <= 80; i++) {
        byte[] payload = new byte[1 + random.nextInt(3_000)];
        journal.awaitDurable(journal.append(List.of(new Entry(0, payload))));
        expected.add(i);
      }
      List<Long> got = new ArrayList<>();
      while (got.size() < expected.size()) {
        long room = random.nextInt(10_000);
        Bounded some = new Bounded(room);
        reader.read(some);
        assertThat(some.sequences).isNotEmpty();
        if (some.sequences.size() > 1) {
          assertThat(some.bytes).isLessThanOrEqualTo(room);
        }
        got.addAll(some.sequences);
      }
      assertThat(got).isEqualTo(expected);
    }
  }
}
