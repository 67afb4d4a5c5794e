package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentHeadersTest {

  @Test
  void givesTheValueOfTheEventWhateverCameBefore() {
    RecentHeaders headers = new RecentHeaders("type", "ce_type");
    Random random = new Random(5);
    List<String> values = IntStream.range(0, 20).mapToObj(i -> "ö" + i).toList();
    for (int i = 0; i < 2_000; i++) {
      String value = i < 1_000 ? values.get(random.nextInt(values.size())) : "new " + i;
      assertThat(headers.of(value).key()).isEqualTo("ce_type");
      assertThat(headers.of(value).value()).isEqualTo(value.getBytes(UTF_8));
    }
  }

  @Test
  void sharesTheHeaderOfAStringThatComesAgain() {
    RecentHeaders headers = new RecentHeaders("source", "ce_source");
    String value = "/sessionbridge/h1";
    assertThat(headers.of(value)).isSameAs(headers.of(value));
  }

  @Test
  void keepsNothingOfAnAttributeThatIsAlwaysNew() {
    RecentHeaders headers = new RecentHeaders("id", "ce_id");
    IntStream.range(0, 64).forEach(i -> headers.of("ab-" + i));
    String value = "ab-64";
    assertThat(headers.of(value)).isNotSameAs(headers.of(value));
  }
}
