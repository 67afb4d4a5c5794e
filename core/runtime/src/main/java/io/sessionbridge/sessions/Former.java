package io.sessionbridge.sessions;

/** Who had a session's number before, for reports of it that come late. */
record Former(String key, User user, Recents recents) {

  void encode(StateWriter out) {
    out.text(key);
    user.encode(out);
    recents.encode(out);
  }

  static Former decode(StateReader in) throws StateFormatException {
    return new Former(in.text(), User.decode(in), Recents.decode(in));
  }
}
