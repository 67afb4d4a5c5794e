package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether an account belongs to a person or to Windows. Decided by the SID if it is known, else by
 * the names, in every language into which Windows translates them.
 */
public enum AccountClass {
  /** All other accounts, including unknown ones. */
  PERSON(null),
  /**
   * Generated for a component of Windows: DWM-1, UMFD-1, virtual accounts of services and of IIS.
   */
  VIRTUAL("virtual"),
  /** Session 0, LocalSystem, LocalService, NetworkService, and machine accounts. */
  SERVICE("service");

  /**
   * For services, application pools, virtual machines, the window manager, the font driver host.
   */
  private static final List<String> VIRTUAL_SIDS =
      List.of("S-1-5-80-", "S-1-5-82-", "S-1-5-83-", "S-1-5-90-", "S-1-5-96-");

  /** For the accounts of a machine or a domain, which most are. */
  private static final String PEOPLE_AND_MACHINES = "S-1-5-21-";

  /** LocalSystem, LocalService, NetworkService, the anonymous logon. */
  private static final Set<String> SERVICE_SIDS =
      Set.of("S-1-5-18", "S-1-5-19", "S-1-5-20", "S-1-5-7");

  private static final Pattern VIRTUAL_NAME = Pattern.compile("(DWM|UMFD)-\\d+");

  private static final Set<String> VIRTUAL_DOMAINS =
      Set.of(
          "WINDOW MANAGER",
          "FENSTER-MANAGER",
          "FENSTERMANAGER",
          "GESTIONNAIRE DE FENÊTRES",
          "ADMINISTRADOR DE VENTANAS",
          "FONT DRIVER HOST",
          "NT SERVICE",
          "NT-DIENST",
          "SERVICE NT",
          "IIS APPPOOL",
          "NT VIRTUAL MACHINE");

  /** "NT AUTHORITY" in the languages that translate it. */
  private static final Set<String> SYSTEM_DOMAINS =
      Set.of(
          "NT AUTHORITY",
          "NT-AUTORITÄT",
          "AUTORITE NT",
          "AUTORITÉ NT",
          "NT INSTANS",
          "NT-MYNDIGHET",
          "NT-MYNDIGHED",
          "AUTORIDADE NT",
          "ZARZĄDZANIE NT");

  /** The name of a real domain: printable ASCII without spaces. */
  private static final Pattern PLAIN_DOMAIN = Pattern.compile("[!-~]+");

  private final @Nullable String wireName;

  AccountClass(@Nullable String wireName) {
    this.wireName = wireName;
  }

  /** The value of {@code account_type}; empty for persons, whose accounts have other types. */
  public Optional<String> wireName() {
    return Optional.ofNullable(wireName);
  }

  /** The class of an event's user, given its session. */
  public static AccountClass of(EventData data) {
    Long session = data.get(Field.SESSION_ID);
    AccountClass account =
        of(data.get(Field.USER_SID), data.get(Field.USER_NAME), data.get(Field.USER_DOMAIN));
    if (account == PERSON && session != null && session == 0) {
      return SERVICE;
    }
    return account;
  }

  public static AccountClass of(
      @Nullable String sid, @Nullable String name, @Nullable String domain) {
    if (sid != null) {
      return ofSid(sid, name);
    }
    if (name == null) {
      return PERSON;
    }
    String account = name.toUpperCase(Locale.ROOT);
    String upperDomain = domain == null ? "" : domain.toUpperCase(Locale.ROOT);
    if (VIRTUAL_DOMAINS.contains(upperDomain)
        || VIRTUAL_NAME.matcher(account).matches() && !isRealDomain(upperDomain)) {
      return VIRTUAL;
    }
    boolean system =
        SYSTEM_DOMAINS.contains(upperDomain) || upperDomain.isEmpty() && account.equals("SYSTEM");
    return system || account.endsWith("$") ? SERVICE : PERSON;
  }

  private static AccountClass ofSid(String sid, @Nullable String name) {
    boolean machine = name != null && name.endsWith("$");
    if (startsWith(sid, PEOPLE_AND_MACHINES)) {
      return machine ? SERVICE : PERSON;
    }
    for (String virtual : VIRTUAL_SIDS) {
      if (startsWith(sid, virtual)) {
        return VIRTUAL;
      }
    }
    return machine || SERVICE_SIDS.contains(sid.toUpperCase(Locale.ROOT)) ? SERVICE : PERSON;
  }

  private static boolean startsWith(String sid, String front) {
    return sid.regionMatches(true, 0, front, 0, front.length());
  }

  /** A person may be named DWM-1; the domain then is a real one. */
  private static boolean isRealDomain(String upperDomain) {
    return !upperDomain.isEmpty() && PLAIN_DOMAIN.matcher(upperDomain).matches();
  }
}
