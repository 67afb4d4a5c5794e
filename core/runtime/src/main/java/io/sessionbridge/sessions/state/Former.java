package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.StateFormatException;

/** The previous session with the same number, to match its late reports. */
public record Former(String key, User user, Recents recents) {

  public void encode(StateWriter out) {
    out.text(key);
    user.encode(out);
    recents.encode(out);
  }

  public static Former decode(StateReader in) throws StateFormatException {
    return new Former(in.text(), User.decode(in), Recents.decode(in));
  }
}
