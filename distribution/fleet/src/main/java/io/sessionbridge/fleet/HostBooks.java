package io.sessionbridge.fleet;

/**
 * What a host must have sent.
 *
 * @param source as its events name it
 * @param accepted the last sequence
 * @param filtered of these, heartbeats that a newer one replaced before they were sent
 * @param emitted events of its users
 */
record HostBooks(String source, long accepted, long filtered, long emitted) {

  String text() {
    return source + " " + accepted + " " + filtered + " " + emitted;
  }

  static HostBooks parse(String[] words, int from) {
    return new HostBooks(
        words[from],
        Long.parseLong(words[from + 1]),
        Long.parseLong(words[from + 2]),
        Long.parseLong(words[from + 3]));
  }
}
