package io.sessionbridge.control;

import java.time.Duration;
import java.util.List;

/** Constants of the protocol, shared by both sides. */
final class Protocol {

  /** Increased when older clients could no longer understand the answers. */
  static final long NUMBER = 1;

  /** The oldest version that this agent still supports. */
  static final long OLDEST = 1;

  static final String STATE = "state";
  static final String WAIT = "wait";
  static final String STATUS = "status";
  static final String TAP = "tap";
  static final List<String> QUESTIONS = List.of(STATE, WAIT, STATUS, TAP);

  /** In bytes. */
  static final int LONGEST_QUESTION = 4 << 10;

  /** In bytes; a status lists all sessions of a terminal server. */
  static final int LONGEST_ANSWER = 8 << 20;

  /** For the first byte, where the system identifies a client only after a read. */
  static final Duration FIRST_BYTE = Duration.ofMillis(300);

  /** For the hello of a client. */
  static final Duration FIRST_LINE = Duration.ofSeconds(2);

  /** The longest pause between two questions. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** For the peer to read what was written. */
  static final Duration WRITE = Duration.ofSeconds(5);

  /** Between two keep-alives while there is nothing else to send. */
  static final Duration ALIVE = Duration.ofSeconds(10);

  private Protocol() {}
}
