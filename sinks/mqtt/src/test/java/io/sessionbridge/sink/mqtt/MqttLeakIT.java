package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TcpFaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ended connections leave nothing behind. */
@Timeout(120)
final class MqttLeakIT {

  /** Run concurrently, because Paho mostly waits for its own threads. */
  private static final int SINKS = 10;

  private static final int ROUNDS = 20;
  private static final int THREADS_OF_A_CONNECTION = 4;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void twoHundredReconnectsLeaveNothingBehind(String version) throws Exception {
    List<TestingRig> rigs = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(SINKS);
    try (TestingMosquitto broker = new TestingMosquitto(folder).open()) {
      broker.start();
      try (TcpFaultProxy proxy = TcpFaultProxy.before("127.0.0.1", broker.port());
          TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
        for (int i = 0; i < SINKS; i++) {
          rigs.add(rig(version, proxy.address(), i));
        }
        all(pool, rigs, TestingRig::connect);
        long before = sockets();
        for (int round = 0; round < ROUNDS; round++) {
          if (round % 2 == 0) {
            proxy.cut();
          }
          all(pool, rigs, MqttLeakIT::reconnectAndDeliver);
        }
        awaitSinkThreads(SINKS * THREADS_OF_A_CONNECTION);
        assertThat(sockets()).as("open sockets").isLessThan(before + SINKS);
        subscriber.catchUp();
        assertThat(subscriber.ids()).hasSize(SINKS * ROUNDS);
        all(pool, rigs, TestingRig::closed);
        awaitSinkThreads(0);
      }
    } finally {
      pool.shutdownNow();
      rigs.forEach(TestingRig::close);
    }
  }

  private static TestingRig rig(String version, String address, int number) {
    return new TestingRig(
        "{server: \"tcp://"
            + address
            + "\", version: "
            + version
            + ", client_id: leak-"
            + number
            + "-presence}");
  }

  private static TestingRig reconnectAndDeliver(TestingRig rig) throws Exception {
    rig.connectAtLast();
    assertThat(rig.sink.deliver(rig.events.next(1)).settled()).isEqualTo(1);
    return rig;
  }

  private interface Step {
    TestingRig apply(TestingRig rig) throws Exception;
  }

  private static void all(ExecutorService pool, List<TestingRig> rigs, Step step) throws Exception {
    List<Callable<TestingRig>> steps = new ArrayList<>();
    rigs.forEach(rig -> steps.add(() -> step.apply(rig)));
    for (Future<TestingRig> done : pool.invokeAll(steps)) {
      assertThat(done.get()).isNotNull();
    }
  }

  /** The open sockets of this process, with those of proxy and test; 0 where unknown. */
  private static long sockets() throws IOException {
    Path open = Path.of("/proc/self/fd");
    if (!Files.isDirectory(open)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(open)) {
      return files.filter(MqttLeakIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path file) {
    try {
      return Files.readSymbolicLink(file).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed since
    }
  }

  /** A thread that has ended may still be visible for a moment. */
  private static void awaitSinkThreads(int count) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (sinkThreads().size() != count && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(sinkThreads()).hasSize(count);
  }

  private static List<String> sinkThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.endsWith("-presence"))
        .sorted()
        .toList();
  }
}
