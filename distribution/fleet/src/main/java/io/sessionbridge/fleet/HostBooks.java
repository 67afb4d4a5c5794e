package io.sessionbridge.fleet;

/**
 * What has to be heard of a host.
 *
 * @param source as its events name it
 * @param accepted the last sequence
 * @param filtered of these, heartbeats that a newer one had made old before they could be sent
 * @param told what its users did and its sources had to tell
 */
record HostBooks(String source, long accepted, long filtered, long told) {

  String text() {
    return source + " " + accepted + " " + filtered + " " + told;
  }

  static HostBooks parse(String[] words, int from) {
    return new HostBooks(
        words[from],
        Long.parseLong(words[from + 1]),
        Long.parseLong(words[from + 2]),
        Long.parseLong(words[from + 3]));
  }
}
