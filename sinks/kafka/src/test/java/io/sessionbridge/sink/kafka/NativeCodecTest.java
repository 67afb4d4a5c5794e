package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NativeCodecTest {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(NativeCodec.class)).addAppender(log);
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(NativeCodec.class)).detachAppender(log);
  }

  @Test
  void everyCodecWorksWhereTheTestsRun() {
    assertThat(Codec.values()).allMatch(codec -> NativeCodec.load(codec).isEmpty());
    assertThat(NativeCodec.orGzip(Codec.ZSTD, NativeCodec::load)).isEqualTo(Codec.ZSTD);
    assertThat(log.list).isEmpty();
  }

  /** As on a folder that is mounted noexec. */
  @Test
  void usesGzipAndLogsWhatPreventsTheCodec() {
    Throwable cause =
        new UnsatisfiedLinkError("/data/libzstd.so: failed to map segment from shared object");
    Codec used =
        NativeCodec.orGzip(Codec.ZSTD, codec -> Optional.of(new KafkaException("failed", cause)));
    assertThat(used).isEqualTo(Codec.GZIP);
    assertThat(log.list)
        .extracting(ILoggingEvent::toString)
        .contains(
            "[WARN] the native library for compression zstd cannot be loaded, so gzip is used:"
                + " java.lang.UnsatisfiedLinkError: /data/libzstd.so: failed to map segment from"
                + " shared object");
  }
}
