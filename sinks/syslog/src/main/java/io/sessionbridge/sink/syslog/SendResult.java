package io.sessionbridge.sink.syslog;

import java.util.List;
import java.util.Optional;

/**
 * What became of some messages.
 *
 * @param settled how many from the beginning need never be sent again, refused ones included
 * @param refused those among them that the receiver will never take
 * @param failure why the rest is not settled; empty exactly if all are
 * @param suspicious whether a message may be the cause of the failure: the receiver answers each,
 *     and broke the connection instead. Without answers nobody can tell.
 */
record Sent(int settled, List<Refused> refused, Optional<String> failure, boolean suspicious) {

  /**
   * @param index of the message
   * @param reason what the receiver said
   */
  record Refused(int index, String reason) {}

  static Sent all(int count) {
    return new Sent(count, List.of(), Optional.empty(), false);
  }

  static Sent failed(int settled, String failure) {
    return new Sent(settled, List.of(), Optional.of(failure), false);
  }
}
