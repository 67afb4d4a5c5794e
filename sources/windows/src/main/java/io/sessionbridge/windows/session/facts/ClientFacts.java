package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/**
 * The other end of a remote session, as it calls itself.
 *
 * @param address in digits; behind a gateway that of a private network, or none
 */
public record ClientFacts(Optional<String> name, Optional<String> address) {

  public static final ClientFacts NONE = new ClientFacts(Optional.empty(), Optional.empty());

  ClientFacts or(ClientFacts others) {
    return new ClientFacts(name.or(others::name), address.or(others::address));
  }
}
