package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import org.junit.jupiter.api.Test;

class LakeColumnsTest {

  /** Else Parquet would lose what an event says. */
  @Test
  void thereIsAColumnForEachFieldOfAnEvent() {
    assertThat(LakeColumns.ALL)
        .extracting(LakeColumns.Column::name)
        .containsAll(Field.all().stream().map(Field::name).toList())
        .contains("source", "id", "time", "recordedtime", "sequence", "kind", "host_id");
  }
}
