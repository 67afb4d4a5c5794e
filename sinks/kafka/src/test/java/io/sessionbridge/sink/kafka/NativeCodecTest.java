package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NativeCodecTest {

  @Test
  void everyCodecWorksWhereTheTestsRun() {
    assertThat(Codec.values()).allMatch(NativeCodec::works);
  }

  @Test
  void gzipTakesThePlaceOfWhatDoesNotWork() {
    assertThat(NativeCodec.orGzip(Codec.ZSTD, codec -> false)).isEqualTo(Codec.GZIP);
    assertThat(NativeCodec.orGzip(Codec.ZSTD, codec -> true)).isEqualTo(Codec.ZSTD);
  }
}
