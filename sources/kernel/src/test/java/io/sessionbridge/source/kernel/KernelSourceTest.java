package io.sessionbridge.source.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingIntake.Lost;
import io.sessionbridge.testkit.TestingSourceContext;
import io.sessionbridge.windows.driver.DriverException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class KernelSourceTest {

  @TempDir Path folder;
  private final TestingClock clock = new TestingClock();
  private final TestingDriver driver = new TestingDriver(4);
  private TestingSourceContext context;
  private KernelSource source;

  @BeforeEach
  void create() {
    context = new TestingSourceContext(clock, folder);
    source = new KernelSource(context, () -> driver);
  }

  @AfterEach
  void close() {
    source.close();
    source.close(); // does nothing
    assertThat(driver.closed).isEqualTo(driver.opened);
  }

  private void publish(long... sessions) {
    for (long session : sessions) {
      driver.publish(1, session, Optional.empty());
    }
  }

  private List<Long> sessions() {
    return context.intake().taken().stream()
        .map(Observation::data)
        .map(data -> data.get(Field.SESSION_ID))
        .toList();
  }

  private void restart() throws Exception {
    source.close();
    source = new KernelSource(context, () -> driver);
    source.start();
  }

  private void awaitTaken(int count) {
    clock.advanceUntil(count + " are taken", () -> context.intake().taken().size() >= count);
  }

  @Test
  void reportsWhyItCannotStart() {
    driver.refuse(new DriverException("the driver is not installed; install it"));
    assertThatThrownBy(source::start)
        .isInstanceOf(SourceException.class)
        .hasMessage("the driver is not installed; install it");
  }

  @Test
  void countsOverwrittenRecordsExactly() throws Exception {
    source.start();
    publish(1, 2);
    awaitTaken(2);
    source.close();
    publish(3, 4, 5, 6, 7, 8, 9); // of which the driver keeps the last four
    restart();
    awaitTaken(6);
    assertThat(sessions()).containsExactly(1L, 2L, 6L, 7L, 8L, 9L);
    assertThat(context.intake().losses()).containsExactly(new Lost(3, "driver_full"));
  }

  @Test
  void reportsTheLossBeforeTheRecordsAfterIt() throws Exception {
    source.start();
    context.intake().block();
    publish(1);
    clock.advanceUntil("the call waits", context.intake()::isBlocked);
    publish(2, 3, 4, 5, 6, 7);
    context.intake().release();
    awaitTaken(5);
    assertThat(sessions()).containsExactly(1L, 4L, 5L, 6L, 7L);
    assertThat(context.intake().losses()).containsExactly(new Lost(2, "driver_full"));
  }

  @Test
  void rereadsRecordsThatWereNotDurable() throws Exception {
    source.start();
    publish(1, 2);
    awaitTaken(2);
    context.intake().failNext(Long.MAX_VALUE);
    publish(3, 4);
    clock.advanceUntil("it is degraded", () -> !source.check().isUp());
    source.close();
    context.intake().failNext(0);
    restart();
    awaitTaken(4);
    assertThat(sessions()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(context.intake().losses()).isEmpty();
  }

  @Test
  void readsAllKeptRecordsAfterAReload() throws Exception {
    source.start();
    publish(1, 2);
    awaitTaken(2);
    source.close();
    driver.reload();
    publish(3, 4, 5, 6, 7);
    restart();
    awaitTaken(6);
    assertThat(sessions()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L);
    assertThat(context.intake().losses()).containsExactly(new Lost(1, "driver_full"));
    clock.advanceUntil("it compares", () -> context.intake().reconciliations().size() == 2);
    assertThat(context.intake().reconciliations()).containsExactly("started", "driver_loaded");
  }

  @Test
  void countsNoLossBeforeItsFirstRun() throws Exception {
    publish(1, 2, 3, 4, 5, 6);
    source.start();
    awaitTaken(4);
    assertThat(sessions()).containsExactly(3L, 4L, 5L, 6L);
    assertThat(context.intake().losses()).isEmpty();
  }

  @Test
  void rereadsRecordsThatTheFirstRunDidNotStore() throws Exception {
    context.intake().failNext(Long.MAX_VALUE);
    source.start();
    publish(1, 2);
    clock.advanceUntil("it is degraded", () -> !source.check().isUp());
    source.close();
    context.intake().failNext(0);
    context.intake().block();
    restart();
    clock.advanceUntil("the call waits", context.intake()::isBlocked);
    assertThat(context.intake().reconciliations())
        .as("of the first run")
        .containsExactly("started");
    context.intake().release();
    awaitTaken(2);
    assertThat(sessions()).containsExactly(1L, 2L);
    clock.advanceUntil("it compares", () -> context.intake().reconciliations().size() == 2);
  }

  @Test
  void comparesSessionsAfterReadingTheKeptRecords() throws Exception {
    publish(1, 2, 3, 4); // more than one read
    context.intake().block();
    source.start();
    clock.advanceUntil("the call waits", context.intake()::isBlocked);
    assertThat(context.intake().reconciliations()).isEmpty();
    context.intake().release();
    clock.advanceUntil("it compares", () -> !context.intake().reconciliations().isEmpty());
    assertThat(context.intake().taken()).hasSize(4);
    assertThat(context.intake().reconciliations()).containsExactly("started");
  }

  @Test
  void keepsSidesAcrossARestart() throws Exception {
    source.start();
    driver.publish(3, 7, Optional.of(true));
    awaitTaken(1);
    restart();
    driver.publish(4, 7, Optional.empty());
    awaitTaken(2);
    assertThat(context.intake().taken().get(1).data().toString()).contains("console_disconnect");
  }

  @Test
  void forgetsSidesAfterALoss() throws Exception {
    source.start();
    driver.publish(3, 7, Optional.of(true));
    awaitTaken(1);
    source.close();
    publish(1, 2, 3, 4); // of which the first is overwritten
    driver.publish(4, 7, Optional.empty());
    restart();
    awaitTaken(5);
    assertThat(context.intake().losses()).containsExactly(new Lost(1, "driver_full"));
    assertThat(context.intake().taken().get(4).data().toString())
        .contains("remote_disconnect")
        .doesNotContain("\"remote\"");
  }

  @Test
  void endsWithTheDriver() throws Exception {
    source.start();
    DriverException stopped = new DriverException("the driver was stopped");
    driver.fail(stopped);
    clock.advanceUntil("the end is reported", () -> !context.threadEnds().isEmpty());
    assertThat(context.threadEnds()).containsExactly(stopped);
  }

  @Test
  void closesTheDriverWhenAReadEndsAfterItsClose() throws Exception {
    source.start();
    driver.hold(true);
    driver.awaitReading();
    source.close(); // gives up after two seconds
    assertThat(driver.closed).as("closed while the read uses it").isZero();
    driver.hold(false);
    driver.awaitClosed(1);
  }

  @Test
  void reportsAPositionOfAnotherVersionOnce() throws Exception {
    source.start();
    publish(1);
    awaitTaken(1);
    source.close();
    Observation strange = context.intake().taken().get(0).withPosition(new byte[] {9});
    context.intake().emit(List.of(strange));
    driver.refuse(new DriverException("the driver is not installed"));
    assertThatThrownBy(this::restart).isInstanceOf(SourceException.class);
    assertThatThrownBy(this::restart).isInstanceOf(SourceException.class);
    assertThat(context.intake().uncounted()).as("while nothing is read").isEmpty();
    driver.refuse(null);
    restart();
    assertThat(context.intake().uncounted()).containsExactly("position_unknown");
  }
}
