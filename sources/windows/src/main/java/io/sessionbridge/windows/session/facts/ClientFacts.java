package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/**
 * The client of a remote session, as reported by the client.
 *
 * @param address numeric; may be private or absent if the client connects through a gateway
 */
public record ClientFacts(Optional<String> name, Optional<String> address) {

  public static final ClientFacts NONE = new ClientFacts(Optional.empty(), Optional.empty());

  ClientFacts or(ClientFacts others) {
    return new ClientFacts(name.or(others::name), address.or(others::address));
  }
}
