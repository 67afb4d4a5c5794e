package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.network.InvalidReceiveException;
import org.junit.jupiter.api.Test;

final class AnswerLengthsTest {

  private final AnswerLimit limit = new AnswerLimit();

  /** Answers of any length up to the limit, full of bytes that would be huge lengths. */
  private static ByteBuffer answers(int last) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * KafkaFrame.LONGEST);
    for (int length : new int[] {0, 1, 3, 4, 5, 300, 70_000, KafkaFrame.LONGEST, 2}) {
      bytes.putInt(length);
      for (int i = 0; i < length; i++) {
        bytes.put((byte) 0x7F);
      }
    }
    return bytes.putInt(last).flip();
  }

  private void follow(ByteBuffer bytes, int longestPiece) {
    Random random = new Random(longestPiece);
    AnswerLengths lengths = new AnswerLengths(limit);
    for (int at = 0; at < bytes.limit(); ) {
      int end = Math.min(bytes.limit(), at + 1 + random.nextInt(longestPiece));
      lengths.follow(bytes, at, end);
      at = end;
    }
  }

  @Test
  void piecesOfAnySizeAreFollowed() {
    for (int longestPiece : new int[] {1, 2, 3, 5, 100, 100_000, 4 << 20}) {
      follow(answers(KafkaFrame.LONGEST), longestPiece);
      assertThat(limit.refused()).isEmpty();
    }
  }

  @Test
  void whatIsOverTheLimitIsRefused() {
    for (int last : new int[] {KafkaFrame.LONGEST + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
      for (int longestPiece : new int[] {1, 3, 4 << 20}) {
        assertThatThrownBy(() -> follow(answers(last), longestPiece))
            .isInstanceOf(InvalidReceiveException.class)
            .hasMessage("an answer of " + last + " bytes");
        assertThat(limit.refused()).hasValue(last);
      }
    }
  }
}
