package io.sessionbridge.windows.session.facts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where an account is defined. */
public enum AccountType {
  /** On this machine. */
  LOCAL,
  /** In a Windows domain. */
  DOMAIN,
  /** In Microsoft Entra. */
  ENTRA,
  /** Created by Windows for its own purposes, such as DWM-1. */
  VIRTUAL;

  private static final String ENTRA_SIDS = "S-1-12-1-";

  /** Window manager, font driver host, service, application pool, virtual machine. */
  private static final List<String> VIRTUAL_SIDS =
      List.of("S-1-5-90-", "S-1-5-96-", "S-1-5-80-", "S-1-5-82-", "S-1-5-83-");

  /** The names of their domains are localised in some languages, these are not. */
  private static final Pattern VIRTUAL_USER = Pattern.compile("(DWM|UMFD)-\\d+");

  private static final List<String> VIRTUAL_DOMAINS =
      List.of("WINDOW MANAGER", "FONT DRIVER HOST", "NT SERVICE", "IIS APPPOOL");

  /** Domains of built-in accounts, and of Microsoft accounts. */
  private static final List<String> LOCAL_DOMAINS =
      List.of("NT AUTHORITY", "BUILTIN", "MICROSOFTACCOUNT", ".");

  /** For instance {@code entra}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty if neither the SID nor the domain identifies it. */
  public static Optional<AccountType> of(
      Optional<String> sid, Optional<String> user, Optional<String> domain, String computer) {
    String id = sid.orElse("");
    String name = user.orElse("").toUpperCase(Locale.ROOT);
    String place = domain.orElse("").toUpperCase(Locale.ROOT);
    if (id.startsWith(ENTRA_SIDS) || place.equals("AZUREAD")) {
      return Optional.of(ENTRA);
    }
    if (VIRTUAL_SIDS.stream().anyMatch(id::startsWith)
        || VIRTUAL_DOMAINS.contains(place)
        || VIRTUAL_USER.matcher(name).matches()) {
      return Optional.of(VIRTUAL);
    }
    if (place.isEmpty()) {
      return Optional.empty();
    }
    boolean here = place.equals(computer.toUpperCase(Locale.ROOT)) || LOCAL_DOMAINS.contains(place);
    return Optional.of(here ? LOCAL : DOMAIN);
  }
}
