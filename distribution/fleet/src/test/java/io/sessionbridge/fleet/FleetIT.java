package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Kind;
import io.sessionbridge.fleet.VirtualHost.HostEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small fleets of real agents, with a real broker in a process of its own. */
class FleetIT {

  @TempDir private Path folder;
  private final FleetOptions options = new FleetOptions();

  @BeforeEach
  void smallness() {
    options.folder = folder.resolve("fleet");
    options.workerMemory = "400m";
  }

  private FleetReport run() throws Exception {
    FleetReport report = new FleetRun(options, System.out::println).run();
    report.lines().forEach(System.out::println);
    return report;
  }

  private long expected(Kind kind) {
    return IntStream.range(0, options.hosts)
        .mapToObj(VirtualHost::day)
        .flatMap(day -> day.stream())
        .filter(event -> isIn(options.scenario, event))
        .filter(event -> event.data().kind() == kind)
        .count();
  }

  private boolean isIn(Scenario scenario, HostEvent event) {
    return event.at().compareTo(scenario.end(options)) < 0;
  }

  /** The broker is killed in the middle, and away for so long that every agent notices. */
  @Test
  void nothingIsLostOverAnOutageAndEachHostIsInOrder() throws Exception {
    options.scenario = Scenario.OUTAGE;
    options.hosts = 50;
    options.factor = 360;
    options.away = Duration.ofMinutes(30);
    FleetReport report = run();
    assertThat(report.lost()).isZero();
    assertThat(report.received().disordered()).isZero();
    assertThat(report.isSound()).isTrue();
    assertThat(report.agents()).isEqualTo(50);
    assertThat(report.kinds())
        .containsEntry("logon", expected(Kind.LOGON))
        .containsEntry("lock", expected(Kind.LOCK))
        .containsEntry("logoff", expected(Kind.LOGOFF));
    // Each agent has come back, and none has connected again and again.
    assertThat(report.broker().sinceRestart().created()).isBetween(45L, 1000L);
  }

  /** All three brokers are killed. Most hosts are wire-level, a few have an agent. */
  @Test
  void aClusterOfThreeLosesNothingOfWireLevelHosts() throws Exception {
    options.scenario = Scenario.OUTAGE;
    options.hosts = 60;
    options.wholeAgents = 6;
    options.brokers = 3;
    options.factor = 360;
    options.away = Duration.ofMinutes(30);
    FleetReport report = run();
    assertThat(report.isSound()).isTrue();
    assertThat(report.agents()).isEqualTo(60);
    assertThat(report.kinds())
        .containsEntry("bridge_start", 6L)
        .containsEntry("logon", expected(Kind.LOGON))
        .containsEntry("unlock", expected(Kind.UNLOCK));
    assertThat(report.broker().sinceRestart().created()).isBetween(54L, 1200L);
  }

  @Test
  void agentsConnectWithTls() throws Exception {
    options.scenario = Scenario.DAY;
    options.hosts = 5;
    options.tls = true;
    options.factor = 1440;
    FleetReport report = run();
    assertThat(report.isSound()).isTrue();
    assertThat(report.kinds()).containsEntry("logoff", expected(Kind.LOGOFF));
  }

  @Test
  void relaysKeepTheOrderOfEachOfTheirHosts() throws Exception {
    options.scenario = Scenario.DAY;
    options.hosts = 40;
    options.hostsPerAgent = 20;
    options.factor = 8640;
    FleetReport report = run();
    assertThat(report.isSound()).isTrue();
    assertThat(report.kinds())
        .containsEntry("logon", expected(Kind.LOGON))
        .containsEntry("unlock", expected(Kind.UNLOCK));
    assertThat(report.kinds().get("bridge_heartbeat")).isGreaterThanOrEqualTo(40 * 96L);
  }
}
