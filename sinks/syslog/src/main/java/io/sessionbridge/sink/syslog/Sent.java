package io.sessionbridge.sink.syslog;

import java.util.List;
import java.util.Optional;

/**
 * What became of some messages.
 *
 * @param settled how many from the beginning need never be sent again, refused ones included
 * @param refused those among them that the receiver will never take
 * @param failure why the rest is not settled; empty exactly if all are
 */
record Sent(int settled, List<Refused> refused, Optional<String> failure) {

  /**
   * @param index of the message
   * @param reason what the receiver said
   */
  record Refused(int index, String reason) {}

  static Sent all(int count) {
    return new Sent(count, List.of(), Optional.empty());
  }

  static Sent failed(int settled, String failure) {
    return new Sent(settled, List.of(), Optional.of(failure));
  }
}
