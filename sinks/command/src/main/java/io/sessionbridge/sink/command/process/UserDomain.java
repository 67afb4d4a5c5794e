package io.sessionbridge.sink.command.process;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.util.Optional;

/** The domain of an event's user, as a name service has to be asked for it. */
public final class UserDomain {

  private UserDomain() {}

  /** Empty for a user whom only the host of the event knows: its domain is that host or absent. */
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
