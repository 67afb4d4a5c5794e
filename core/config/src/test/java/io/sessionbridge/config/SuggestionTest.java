package io.sessionbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> KNOWN =
      List.of("type", "topic", "bootstrap_servers", "batch_bytes", "password_file", "ca_file");

  private static String of(String name) {
    return Suggestion.forUnknown(name, KNOWN);
  }

  @Test
  void namesTheNearestKey() {
    assertThat(of("bootstrap_server")).isEqualTo("is unknown, did you mean bootstrap_servers?");
    assertThat(of("tpoic")).isEqualTo("is unknown, did you mean topic?");
    assertThat(of("tipe")).isEqualTo("is unknown, did you mean type?");
    assertThat(of("batchBytes")).isEqualTo("is unknown, did you mean batch_bytes?");
    assertThat(of("batch-bytes")).isEqualTo("is unknown, did you mean batch_bytes?");
    assertThat(of("password")).isEqualTo("is unknown, did you mean password_file?");
    assertThat(of("bootstrap.servers")).isEqualTo("is unknown, did you mean bootstrap_servers?");
  }

  @Test
  void listsTheKnownKeysIfNoneIsSimilar() {
    assertThat(of("compression"))
        .isEqualTo(
            "is unknown, known are type, topic, bootstrap_servers, batch_bytes, password_file,"
                + " ca_file");
    assertThat(Suggestion.forUnknown("x", List.of()))
        .isEqualTo("is unknown, there are no keys here");
  }

  @Test
  void detectsAMissingSpaceAfterTheColon() {
    assertThat(of("type:kafka")).isEqualTo("is unknown, write a space after the colon");
  }

  @Test
  void countsLettersAddedDroppedChangedAndSwapped() {
    assertThat(EditDistance.between("", "abc")).isEqualTo(3);
    assertThat(EditDistance.between("abc", "abc")).isZero();
    assertThat(EditDistance.between("topic", "tpoic")).isEqualTo(1);
    assertThat(EditDistance.between("topic", "topics")).isEqualTo(1);
    assertThat(EditDistance.between("topic", "tonic")).isEqualTo(1);
    assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3);
  }
}
