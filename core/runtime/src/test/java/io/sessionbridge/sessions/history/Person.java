package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.List;

/**
 * An account that turns up in a session.
 *
 * @param upn the empty text for an account without one
 * @param type as in {@link Field#ACCOUNT_TYPE}
 */
record Person(String name, String domain, String sid, String upn, String type) {

  /** Two of them share a name, and one comes from Entra with a SID of another shape. */
  static final List<Person> PEOPLE =
      List.of(
          new Person("kim", "CONTOSO", "S-1-5-21-11-22-33-1101", "kim@contoso.example", "domain"),
          new Person("lee", "CONTOSO", "S-1-5-21-11-22-33-1102", "lee@contoso.example", "domain"),
          new Person("kim", "HOST7", "S-1-5-21-77-88-99-1001", "", "local"),
          new Person(
              "AdaLovelace",
              "AzureAD",
              "S-1-12-1-3141592653-1234567890-2718281828-42",
              "ada@contoso.example",
              "entra"),
          new Person(
              "Jörg", "CONTOSO", "S-1-5-21-11-22-33-1103", "joerg@contoso.example", "domain"));

  private static final String SERVICE = "service";

  /** What Windows itself logs on in session 0. */
  static final List<Person> SERVICES =
      List.of(
          new Person("SYSTEM", "NT AUTHORITY", "S-1-5-18", "", SERVICE),
          new Person("Lokaler Dienst", "NT-AUTORITÄT", "S-1-5-19", "", SERVICE),
          new Person("HOST7$", "CONTOSO", "S-1-5-21-11-22-33-2001", "", SERVICE));

  private static final String VIRTUAL = "virtual";

  /** The window manager or the font driver of a session. */
  static Person pseudoUser(long sessionId, boolean fonts) {
    return fonts
        ? new Person(
            "UMFD-" + sessionId, "Font Driver Host", "S-1-5-96-0-" + sessionId, "", VIRTUAL)
        : new Person("DWM-" + sessionId, "Window Manager", "S-1-5-90-0-" + sessionId, "", VIRTUAL);
  }

  /** Adds all that the system knows of the account but for its type, which is a conclusion. */
  void identify(EventData.Builder data) {
    data.put(Field.USER_NAME, name)
        .put(Field.USER_DOMAIN, domain)
        .put(Field.USER_SID, sid)
        .put(Field.USER_UPN, upn);
  }

  @Override
  public String toString() {
    return domain + "\\" + name;
  }
}
