package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetOptionsTest {

  private final FleetOptions options = new FleetOptions();

  @Test
  void wholeAgentsAreSpreadEvenly() {
    options.hosts = 1000;
    options.wholeAgents = 30;
    for (int from = 0; from < 1000; from += 100) {
      assertThat(IntStream.range(from, from + 100).filter(options::isWhole)).hasSize(3);
    }
    options.wholeAgents = 5000;
    assertThat(IntStream.range(0, 1000)).allMatch(options::isWhole);
  }

  @Test
  void wireLevelHostsKnowNeitherTlsNorOtherFormats() throws Exception {
    options.wholeAgents = 10;
    options.check();
    options.tls = true;
    assertThatThrownBy(options::check)
        .hasMessage("--tls, --hosts-per-agent and --format need whole agents: leave out --agents");
  }

  @Test
  void aChildGetsTheSameOptions() {
    options.wholeAgents = 10;
    options.brokers = 3;
    options.tls = true;
    assertThat(options.arguments()).contains("--tls").containsSequence("--agents", "10");
    assertThat(options.arguments()).containsSequence("--brokers", "3");
  }
}
