package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.Optional;

/** The domain of an event's user, for a query to the name service. */
public final class UserDomain {

  private UserDomain() {}

  /** Empty for a user that only the host of the event knows: the domain is that host or absent. */
  public static Optional<String> of(EventData event) {
    return event
        .find(Field.USER_DOMAIN)
        .filter(domain -> !domain.equals("."))
        .filter(domain -> !isHost(domain, event.find(Field.HOST_NAME)))
        .filter(domain -> !isHost(domain, event.find(Field.HOST_FQDN)));
  }

  private static boolean isHost(String domain, Optional<String> name) {
    return name.isPresent() && domain.equalsIgnoreCase(name.get());
  }
}
