package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.calls.CallException;
import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls.Token;
import java.util.Optional;

/** Queries the token of a session: its user, logon and elevation. */
final class TokenReader {

  /** The facts in a token. */
  record Tokens(Optional<String> sid, Optional<Long> logonId, Optional<Boolean> elevated) {
    static final Tokens NONE = new Tokens(Optional.empty(), Optional.empty(), Optional.empty());
  }

  private final SessionCalls calls;

  TokenReader(SessionCalls calls) {
    this.calls = calls;
  }

  /**
   * Reads the token.
   *
   * @param user the session's user, if known
   * @param own whether it is the session of this process
   */
  Tokens read(Answers answers, long session, Optional<String> user, boolean own) {
    Optional<Token> opened = answers.to(() -> open(session, own && isOwnUser(user)));
    if (opened.isEmpty()) {
      return Tokens.NONE;
    }
    try (Token token = opened.get()) {
      return new Tokens(
          answers.to(token::sid),
          answers.to(token::logonId).flatMap(id -> id),
          answers.to(token::elevated));
    }
  }

  /** A program may run as a different user than the session's; its token is not the session's. */
  private boolean isOwnUser(Optional<String> user) {
    return user.filter(calls.ownUser()::equalsIgnoreCase).isPresent();
  }

  private Token open(long session, boolean own) throws CallException {
    try {
      return calls.token(session);
    } catch (CallException e) {
      if (!own) {
        throw e;
      }
      return calls.ownToken(); // needs no privilege
    }
  }
}
