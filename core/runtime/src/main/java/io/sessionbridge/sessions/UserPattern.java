package io.sessionbridge.sessions;

import java.util.Locale;

/**
 * Names users: {@code DOMAIN\\user}, a UPN ({@code user@domain}), a SID or a plain user name, in
 * any case, where {@code *} stands for any text.
 */
public final class UserPattern {

  private enum Subject {
    ACCOUNT,
    UPN,
    SID,
    NAME
  }

  private final String text;
  private final String[] parts;
  private final Subject subject;

  private UserPattern(String text, Subject subject) {
    this.text = text;
    this.parts = text.toLowerCase(Locale.ROOT).split("\\*", -1);
    this.subject = subject;
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

  /** Whether it names this user; what is not known of the user is not named. */
  boolean matches(User user) {
    return switch (subject) {
      case ACCOUNT ->
          user.name() != null
              && user.domain() != null
              && matches(user.domain() + "\\" + user.name());
      case UPN -> user.upn() != null && matches(user.upn());
      case SID -> user.sid() != null && matches(user.sid());
      case NAME -> user.name() != null && matches(user.name());
    };
  }

  private boolean matches(String whole) {
    String value = whole.toLowerCase(Locale.ROOT);
    if (parts.length == 1) {
      return value.equals(parts[0]);
    }
    String last = parts[parts.length - 1];
    if (!value.startsWith(parts[0])) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = value.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return value.length() - last.length() >= at && value.endsWith(last);
  }

  @Override
  public String toString() {
    return text;
  }
}
