package io.sessionbridge.sessions.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table is a sorted map that never changes. */
class NumberedTableTest {

  private static Session session(long id, int generation) {
    return Session.started(
        id, "key-" + generation, null, Kind.LOGON, Moment.of(Instant.EPOCH, generation));
  }

  private static List<Session> all(NumberedTable<Session> table) {
    List<Session> all = new ArrayList<>();
    table.forEach(all::add);
    return all;
  }

  @Test
  void isAsASortedMap() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      NumberedTable<Session> table = NumberedTable.empty();
      TreeMap<Long, Session> model = new TreeMap<>();
      NumberedTable<Session> old = table;
      List<Session> oldAll = List.of();
      for (int i = 0; i < 3000; i++) {
        long id = random.nextInt(700);
        if (random.nextInt(5) < 3) {
          table = table.with(session(id, i));
          model.put(id, session(id, i));
        } else {
          table = table.without(id);
          model.remove(id);
        }
        assertThat(table.size()).isEqualTo(model.size());
        assertThat(table.get(id)).isEqualTo(model.get(id));
        if (i % 500 == 250) {
          assertThat(all(old)).isEqualTo(oldAll);
          old = table;
          oldAll = all(table);
        }
      }
      assertThat(all(table)).isEqualTo(List.copyOf(model.values()));
    }
  }
}
