package io.sessionbridge.sink.syslog;

import java.util.List;
import java.util.Optional;

/**
 * The result of sending messages.
 *
 * @param settled how many from the start need no further attempt, refused ones included
 * @param refused those among them that the receiver will never accept
 * @param failure why the rest is not settled; empty if and only if all are
 * @param suspicious whether a message may be the cause of the failure: the receiver answers every
 *     message, but ended the connection instead. False for transports without answers
 */
record SendResult(
    int settled, List<Refused> refused, Optional<String> failure, boolean suspicious) {

  /**
   * @param index of the message
   * @param reason what the receiver said
   */
  record Refused(int index, String reason) {}

  static SendResult all(int count) {
    return new SendResult(count, List.of(), Optional.empty(), false);
  }

  static SendResult failed(int settled, String failure) {
    return new SendResult(settled, List.of(), Optional.of(failure), false);
  }
}
