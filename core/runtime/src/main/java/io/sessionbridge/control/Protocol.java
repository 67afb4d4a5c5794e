package io.sessionbridge.control;

import java.time.Duration;
import java.util.List;

/** What both sides of a connection keep to. */
final class Protocol {

  /** Rises when an older client could no longer understand what it asked for. */
  static final long NUMBER = 1;

  /** The oldest that this agent still speaks. */
  static final long OLDEST = 1;

  static final String STATE = "state";
  static final String WAIT = "wait";
  static final String STATUS = "status";
  static final String TAP = "tap";
  static final List<String> QUESTIONS = List.of(STATE, WAIT, STATUS, TAP);

  /** A question is short. */
  static final int LONGEST_QUESTION = 4 << 10;

  /** A status with all sessions of a terminal server is not. */
  static final int LONGEST_ANSWER = 8 << 20;

  /** For a client to say anything, where the system does not tell before who it is. */
  static final Duration FIRST_BYTE = Duration.ofMillis(300);

  /** For a client to say who it is. */
  static final Duration FIRST_LINE = Duration.ofSeconds(2);

  /** Between two questions. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** For the other side to take what was written. */
  static final Duration WRITE = Duration.ofSeconds(5);

  /** Between two signs of life while there is nothing to tell. */
  static final Duration ALIVE = Duration.ofSeconds(10);

  private Protocol() {}
}
