package io.sessionbridge.sink.kafka;

import java.util.Locale;

/** How record batches are compressed. */
enum Codec {
  ZSTD,
  GZIP,
  LZ4,
  SNAPPY,
  NONE;

  String kafkaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
