package io.sessionbridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min",
    "3599, 59 min",
    "3600, 1 h",
    "3660, 1 h 1 min",
    "86399, 23 h 59 min",
    "86400, 1 d",
    "176399, 2 d",
    "176400, 2 d 1 h",
  })
  void isShownInTwoUnits(long seconds, String text) {
    assertThat(Elapsed.text(seconds)).isEqualTo(text);
  }

  @Test
  void isOfWhatTheEventEnds() {
    EventData.Builder all = EventData.builder(Kind.UNLOCK);
    long value = 1;
    for (Field<?> field : Field.all()) {
      if (field.name().startsWith("last_") && field.name().endsWith("_seconds")) {
        put(all, field, value++);
      }
    }
    EventData unlock = all.put(Field.SESSION_SECONDS, 77L).build();
    assertThat(Elapsed.seconds(unlock)).contains(unlock.get(Field.LAST_LOCKED_SECONDS));
    EventData logoff = all.put(Field.KIND, Kind.LOGOFF).build();
    assertThat(Elapsed.seconds(logoff)).contains(77L);
    EventData logon = all.put(Field.KIND, Kind.LOGON).build();
    assertThat(Elapsed.seconds(logon)).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static void put(EventData.Builder data, Field<?> field, long value) {
    data.put((Field<Long>) field, value);
  }
}
