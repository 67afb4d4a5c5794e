package io.sessionbridge.sink.eventlog.messages;

/**
 * A resource of an image, with the name 1 and the neutral language.
 *
 * @param type {@code RT_...} of {@code winuser.h}
 */
record Resource(int type, byte[] content) {
  static final int MESSAGE_TABLE = 11;
  static final int VERSION = 16;
}
