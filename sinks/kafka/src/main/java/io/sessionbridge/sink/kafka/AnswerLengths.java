package io.sessionbridge.sink.kafka;

import java.nio.ByteBuffer;

/** Finds the lengths of responses in a stream that arrives in pieces of any size. */
final class AnswerLengths {

  private static final int LENGTH_BYTES = 4;

  private final AnswerLimit limit;
  private int length;
  private int lengthBytes;
  private int left;

  AnswerLengths(AnswerLimit limit) {
    this.limit = limit;
  }

  /**
   * Processes the next piece, in the buffer from {@code start} to {@code end}.
   *
   * @throws org.apache.kafka.common.network.InvalidReceiveException if a length exceeds the limit
   */
  void follow(ByteBuffer bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (left > 0) {
        int step = Math.min(left, end - at);
        left -= step;
        at += step;
        continue;
      }
      length = length << Byte.SIZE | bytes.get(at) & 0xFF;
      at++;
      lengthBytes++;
      if (lengthBytes == LENGTH_BYTES) {
        limit.check(length);
        left = length;
        length = 0;
        lengthBytes = 0;
      }
    }
  }
}
