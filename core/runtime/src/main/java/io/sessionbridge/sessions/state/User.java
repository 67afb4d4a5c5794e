package io.sessionbridge.sessions.state;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.sessions.AccountClass;
import io.sessionbridge.sessions.StateFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a user, as far as reported.
 *
 * @param name without the domain; Windows truncates it to 20 characters in some reports
 * @param domain the account's domain, as short or DNS name
 * @param sid the account's SID
 * @param upn for instance {@code kim@contoso.com}
 * @param accountType as reported, or the account's class
 */
public record User(
    @Nullable String name,
    @Nullable String domain,
    @Nullable String sid,
    @Nullable String upn,
    @Nullable String accountType) {

  public static final User UNKNOWN = new User(null, null, null, null, null);

  /** The length to which Terminal Services structures truncate a name. */
  private static final int TRUNCATED_LENGTH = 20;

  /** Whether two reports mean the same person. */
  public enum Sameness {
    SAME,
    DIFFERENT,
    UNKNOWN
  }

  public static User of(EventData data) {
    String name = data.get(Field.USER_NAME);
    String sid = data.get(Field.USER_SID);
    String upn = data.get(Field.USER_UPN);
    if (name == null && sid == null && upn == null) {
      return UNKNOWN;
    }
    return new User(name, data.get(Field.USER_DOMAIN), sid, upn, data.get(Field.ACCOUNT_TYPE));
  }

  public boolean isKnown() {
    return name != null || sid != null || upn != null;
  }

  public AccountClass accountClass() {
    return AccountClass.of(sid, name, domain);
  }

  public boolean isNamedBy(UserPattern pattern) {
    return pattern.matches(name, domain, sid, upn);
  }

  /** Compares the SIDs if both are known, else the names, of which an account has several. */
  public Sameness sameAs(User other) {
    if (sid != null && other.sid != null) {
      return sid.equalsIgnoreCase(other.sid) ? Sameness.SAME : Sameness.DIFFERENT;
    }
    if (upn != null && other.upn != null && upn.equalsIgnoreCase(other.upn)) {
      return Sameness.SAME;
    }
    if (name == null || other.name == null) {
      return Sameness.UNKNOWN;
    }
    if (!sameName(name, other.name)) {
      return hasAlias(other) || other.hasAlias(this) ? Sameness.SAME : Sameness.DIFFERENT;
    }
    return sameDomain(domain, other.domain) ? Sameness.SAME : Sameness.DIFFERENT;
  }

  private static boolean sameName(String one, String other) {
    return one.equalsIgnoreCase(other) || isTruncated(one, other) || isTruncated(other, one);
  }

  private static boolean isTruncated(String cut, String whole) {
    return cut.length() == TRUNCATED_LENGTH
        && whole.regionMatches(true, 0, cut, 0, TRUNCATED_LENGTH);
  }

  /** Whether the other's name is this one's UPN or its first part; Entra uses both as names. */
  private boolean hasAlias(User other) {
    if (upn == null || other.name == null) {
      return false;
    }
    int at = upn.indexOf('@');
    return upn.equalsIgnoreCase(other.name) || at > 0 && sameName(upn.substring(0, at), other.name);
  }

  private static boolean sameDomain(@Nullable String one, @Nullable String other) {
    return one == null
        || other == null
        || one.equalsIgnoreCase(other)
        || isFirstLabelOf(one, other)
        || isFirstLabelOf(other, one);
  }

  /** {@code CONTOSO} is most likely the short name of {@code contoso.com}. */
  private static boolean isFirstLabelOf(String front, String dns) {
    return dns.length() > front.length()
        && dns.charAt(front.length()) == '.'
        && dns.regionMatches(true, 0, front, 0, front.length());
  }

  /** This user, completed with what only the other report has. */
  public User orAlso(User other) {
    if (!other.isKnown() || this.equals(other)) {
      return this;
    }
    if (!isKnown()) {
      return other;
    }
    return new User(
        name == null ? other.name : name,
        domain == null ? other.domain : domain,
        sid == null ? other.sid : sid,
        upn == null ? other.upn : upn,
        accountType == null ? other.accountType : accountType);
  }

  /** Whether it has a name or SID that the other lacks. */
  boolean saysMoreThan(User other) {
    return name != null && other.name == null || sid != null && other.sid == null;
  }

  /** Adds the user to an event that has none. */
  public void addTo(EventData.Builder data) {
    if (data.has(Field.USER_NAME) || data.has(Field.USER_SID) || data.has(Field.USER_UPN)) {
      return;
    }
    data.put(Field.USER_NAME, name)
        .put(Field.USER_DOMAIN, domain)
        .put(Field.USER_SID, sid)
        .put(Field.USER_UPN, upn)
        .put(Field.ACCOUNT_TYPE, accountType);
  }

  public void encode(StateWriter out) {
    out.optionalText(name);
    out.optionalText(domain);
    out.optionalText(sid);
    out.optionalText(upn);
    out.optionalText(accountType);
  }

  public static User decode(StateReader in) throws StateFormatException {
    return new User(
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText());
  }
}
