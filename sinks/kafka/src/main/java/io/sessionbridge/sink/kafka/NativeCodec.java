package io.sessionbridge.sink.kafka;

import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks whether the native code of a codec can be loaded. zstd and snappy unpack a library and
 * load it, which an application allowlist or a noexec folder prevents.
 */
final class NativeCodec {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCodec.class);

  private NativeCodec() {}

  /**
   * Sets the folder to which the libraries unpack. The sink's folder can be put on an allowlist;
   * the temporary folder of a service account cannot. Only has an effect before the first load.
   */
  static void unpackInto(Path folder) {
    for (String property : new String[] {"ZstdTempFolder", "org.xerial.snappy.tempdir"}) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, folder.toString());
      }
    }
  }

  /**
   * The codec, or gzip, which is pure Java, if the codec cannot be used.
   *
   * @param load why a codec cannot be used; empty if it can
   */
  static Codec orGzip(Codec wanted, Function<Codec, Optional<Throwable>> load) {
    Optional<Throwable> failure = load.apply(wanted);
    if (failure.isEmpty()) {
      return wanted;
    }
    LOG.warn(
        "the native library for compression {} cannot be loaded, so gzip is used: {}",
        wanted.kafkaName(),
        UntrustedText.part(KafkaDiagnosis.deepest(failure.get()).toString()));
    LOG.debug("compression {} failed", wanted.kafkaName(), failure.get());
    return Codec.GZIP;
  }

  /** Compresses a byte, which loads the native code. Returns why that failed, or empty. */
  static Optional<Throwable> load(Codec codec) {
    try (OutputStream out =
        Compression.of(codec.kafkaName())
            .build()
            .wrapForOutput(new ByteBufferOutputStream(512), RecordBatch.MAGIC_VALUE_V2)) {
      out.write(0);
      return Optional.empty();
    } catch (IOException | KafkaException | LinkageError e) {
      return Optional.of(e);
    }
  }
}
