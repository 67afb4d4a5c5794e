package io.sessionbridge.pattern;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A case-insensitive pattern for users, where {@code *} stands for any text: {@code DOMAIN\\user},
 * a UPN ({@code user@domain}), a SID or a plain user name. Immutable.
 */
public final class UserPattern {

  private enum Subject {
    ACCOUNT,
    UPN,
    SID,
    NAME
  }

  private final String text;
  private final Subject subject;
  private final TextPattern pattern;

  /** The part before the backslash; any text in the other forms. */
  private final TextPattern domain;

  private UserPattern(String text, Subject subject) {
    int backslash = text.indexOf('\\');
    this.text = text;
    this.subject = subject;
    this.pattern = new TextPattern(text.substring(backslash + 1));
    this.domain = new TextPattern(backslash < 0 ? "*" : text.substring(0, backslash));
  }

  public static UserPattern of(String text) {
    if (text.indexOf('\\') >= 0) {
      return new UserPattern(text, Subject.ACCOUNT);
    }
    if (text.indexOf('@') >= 0) {
      return new UserPattern(text, Subject.UPN);
    }
    boolean sid = text.regionMatches(true, 0, "S-1-", 0, 4);
    return new UserPattern(text, sid ? Subject.SID : Subject.NAME);
  }

  /**
   * What is wrong with a pattern, as text that follows the key; empty if nothing is. Windows allows
   * no slash in a name.
   */
  public static Optional<String> problem(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    boolean alone = text.indexOf('\\') < 0 && text.indexOf('@') < 0;
    String question =
        alone && slash == text.lastIndexOf('/')
            ? ", did you mean " + text.replace('/', '\\') + "?"
            : "";
    return Optional.of("must be DOMAIN\\user, a UPN, a SID or a name, was " + text + question);
  }

  /**
   * Whether it matches this user; an unknown property never matches. A UPN also matches if a source
   * reports it as the user name.
   */
  public boolean matches(
      @Nullable String userName,
      @Nullable String userDomain,
      @Nullable String sid,
      @Nullable String upn) {
    return switch (subject) {
      case ACCOUNT -> userDomain != null && domain.matches(userDomain) && isIn(userName);
      case UPN -> isIn(upn) || isIn(userName);
      case SID -> isIn(sid);
      case NAME -> isIn(userName);
    };
  }

  private boolean isIn(@Nullable String value) {
    return value != null && pattern.matches(value);
  }

  /** The pattern as written. */
  @Override
  public String toString() {
    return text;
  }
}
