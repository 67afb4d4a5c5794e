package io.sessionbridge.sessions.state;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.sessions.StateFormatException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names from a host's latest events, for use in derived events. */
public record HostNames(
    @Nullable String name,
    @Nullable String fqdn,
    @Nullable String domain,
    @Nullable String localOffset) {

  public static final HostNames UNKNOWN = new HostNames(null, null, null, null);

  /** These names, updated from an event. */
  public HostNames updatedBy(EventData data) {
    String newName = or(data.get(Field.HOST_NAME), name);
    String newFqdn = or(data.get(Field.HOST_FQDN), fqdn);
    String newDomain = or(data.get(Field.HOST_DOMAIN), domain);
    String newOffset = or(data.get(Field.LOCAL_OFFSET), localOffset);
    if (Objects.equals(newName, name)
        && Objects.equals(newFqdn, fqdn)
        && Objects.equals(newDomain, domain)
        && Objects.equals(newOffset, localOffset)) {
      return this;
    }
    return new HostNames(newName, newFqdn, newDomain, newOffset);
  }

  private static @Nullable String or(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  public void addTo(EventData.Builder data) {
    data.putIfAbsent(Field.HOST_NAME, name)
        .putIfAbsent(Field.HOST_FQDN, fqdn)
        .putIfAbsent(Field.HOST_DOMAIN, domain)
        .putIfAbsent(Field.LOCAL_OFFSET, localOffset);
  }

  public void encode(StateWriter out) {
    out.optionalText(name);
    out.optionalText(fqdn);
    out.optionalText(domain);
    out.optionalText(localOffset);
  }

  public static HostNames decode(StateReader in) throws StateFormatException {
    return new HostNames(
        in.optionalText(), in.optionalText(), in.optionalText(), in.optionalText());
  }
}
