package io.sessionbridge.source.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.testkit.TestingConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReplaySourceConfigTest {

  private static ReplaySourceConfig read(String yaml) throws Exception {
    return TestingConfig.read(new ReplaySourceFactory().config(), yaml);
  }

  @Test
  void takesAPatternForRotatedFiles() throws Exception {
    assertThat(read("path: a\nfollow: true\nrotated: a*").rotated()).contains("a*");
  }

  @Test
  void neverEndsWhereItFollows() throws Exception {
    ReplaySourceFactory factory = new ReplaySourceFactory();
    assertThat(factory.endless(read("path: a\nfollow: true"))).contains("follow: true");
    assertThat(factory.endless(read("path: a"))).isEmpty();
  }

  @Test
  void readsTheStandardInputWhereThePathSaysSo() throws Exception {
    ReplaySourceFactory factory = new ReplaySourceFactory();
    assertThat(factory.readsStandardInput(read("path: '-'"))).isTrue();
    assertThat(factory.reads(read("path: '-'"))).isEmpty();
    assertThat(factory.readsStandardInput(read("path: a"))).isFalse();
  }

  @Test
  void mayReadWhatThePatternMatchesInTheSameFolder() throws Exception {
    ReplaySourceFactory factory = new ReplaySourceFactory();
    ReplaySourceConfig config = read("path: logs/a\nfollow: true\nrotated: a*");
    assertThat(factory.mayRead(config, Path.of("logs", "a.1"))).isTrue();
    assertThat(factory.mayRead(config, Path.of("logs", "x", "..", "a.1"))).isTrue();
    assertThat(factory.mayRead(config, Path.of("logs", "b.1"))).isFalse();
    assertThat(factory.mayRead(config, Path.of("a.1"))).isFalse();
    assertThat(factory.mayRead(read("path: a"), Path.of("a.1"))).isFalse();
  }

  @Test
  void reportsABadPattern() {
    assertThatThrownBy(() -> read("path: a\nrotated: a*"))
        .hasMessageContaining("rotated needs follow: true");
    assertThatThrownBy(() -> read("path: a\nfollow: true\nrotated: b/a*"))
        .hasMessageContaining("rotated must be a pattern of names in the folder of path, was b/a*");
    assertThatThrownBy(() -> read("path: a\nfollow: true\nrotated: 'a[*'"))
        .hasMessageContaining("rotated must be a pattern like day.jsonl*, was a[*");
  }
}
