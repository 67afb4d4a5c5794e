package io.sessionbridge.sink.mqtt.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.testkit.storage.ModelStorage;
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** All topics at the broker are known after any crash. */
final class RememberedTopicsTest {

  private static final Path FOLDER = Path.of("sink");
  private static final List<Set<String>> STEPS =
      List.of(
          Set.of("a/1"), Set.of("a/1", "a/2"), Set.of("a/2"), Set.of(), Set.of("a/ä", "b", "a/3"));

  private static RememberedTopics on(ModelStorage disk) {
    return new RememberedTopics("bus", disk, FOLDER);
  }

  @Test
  void aNewFolderHasNone() throws Exception {
    ModelStorage disk = new ModelStorage();
    assertThat(on(disk).all()).isEmpty();
    assertThat(disk.operations()).as("nothing is written for nothing").isZero();
    on(disk).set(Set.of());
    assertThat(disk.operations()).isZero();
  }

  @Test
  void theyOutliveEachPowerCut() throws Exception {
    ModelStorage disk = new ModelStorage();
    for (Set<String> step : STEPS) {
      on(disk).set(step);
      disk.crash(new Random(7));
      assertThat(on(disk).all()).isEqualTo(new TreeSet<>(step));
      assertThat(disk.list(FOLDER)).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void aCrashAtAnyOperationLeavesTheLastOrTheNext() throws Exception {
    int crashes = 0;
    for (boolean crashed = true; crashed; ) {
      ModelStorage disk = new ModelStorage();
      disk.crashAt(crashes);
      int done = -1;
      crashed = false;
      try {
        RememberedTopics topics = on(disk);
        for (int i = 0; i < STEPS.size(); i++) {
          topics.set(STEPS.get(i));
          done = i;
        }
      } catch (SimulatedCrash expected) {
        crashed = true;
      }
      disk.crash(new Random(crashes));
      Set<String> last = done < 0 ? Set.of() : STEPS.get(done);
      Set<String> next = STEPS.get(Math.min(done + 1, STEPS.size() - 1));
      assertThat(on(disk).all())
          .as("crash at operation %s", crashes)
          .isIn(new TreeSet<>(last), new TreeSet<>(next));
      crashes++;
    }
    assertThat(crashes).isGreaterThan(20);
  }

  @Test
  void whatCannotBeWrittenIsNotRecorded() throws Exception {
    ModelStorage disk = new ModelStorage();
    RememberedTopics topics = on(disk);
    topics.set(Set.of("a/1"));
    disk.failAt(0, 1_000, "no space left on device");
    assertThatThrownBy(() -> topics.set(Set.of("a/1", "a/2"))).isInstanceOf(IOException.class);
    assertThat(topics.all()).containsExactly("a/1");
    disk.failAt(0, 0, "");
    assertThat(on(disk).all()).containsExactly("a/1");
    topics.set(Set.of("a/1", "a/2"));
    assertThat(on(disk).all()).containsExactly("a/1", "a/2");
  }

  @Test
  void aFlippedBitOnlyAffectsTheNewest() throws Exception {
    ModelStorage disk = new ModelStorage();
    on(disk).set(Set.of("a/1"));
    Path file = disk.list(FOLDER).get(0);
    byte[] older = disk.bytes(file);
    on(disk).set(Set.of("a/1", "a/2"));
    disk.put(file, older);
    Path newest = disk.list(FOLDER).get(1);
    byte[] bytes = disk.bytes(newest);
    bytes[bytes.length - 2] ^= 1;
    disk.put(newest, bytes);
    RememberedTopics damaged = on(disk);
    assertThat(damaged.all()).containsExactly("a/1");
    damaged.set(Set.of("b"));
    assertThat(on(disk).all()).containsExactly("b");
    assertThat(disk.list(FOLDER)).hasSize(1);
  }
}
