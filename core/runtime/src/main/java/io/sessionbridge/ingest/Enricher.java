package io.sessionbridge.ingest;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.DefectText;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.SessionDirectory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds facts about the host and the session to an observation. Runs outside of the ingest's lock.
 */
final class Enricher {

  private static final Logger LOG = LoggerFactory.getLogger(Enricher.class);
  private static final int MAX_FOREIGN_IDS = 1000;

  private static final Set<Field<?>> ABOUT_THE_USER =
      Set.of(
          Field.USER_NAME,
          Field.USER_DOMAIN,
          Field.USER_SID,
          Field.USER_UPN,
          Field.ACCOUNT_TYPE,
          Field.LOGON_TIME,
          Field.LOGON_ID,
          Field.LOGON_TYPE,
          Field.AUTH_PACKAGE,
          Field.LOGON_SERVER,
          Field.DNS_DOMAIN,
          Field.ELEVATED);

  private final Host host;
  private final Optional<SessionDirectory> directory;
  private final Map<String, String> foreignIds = new ConcurrentHashMap<>();
  private volatile boolean defective;

  Enricher(Host host, Optional<SessionDirectory> directory) {
    this.host = host;
    this.directory = directory;
  }

  /** Adds the source, the host and, for a live observation, the facts of the session directory. */
  Observation enrich(String sourceId, String sourceType, Observation seen) {
    EventData.Builder data = seen.data().toBuilder();
    if (seen.origin().isEmpty()) {
      data.put(Field.SOURCE_ID, sourceId).put(Field.SOURCE_TYPE, sourceType);
    }
    if (seen.live()) {
      addLive(seen, data);
    } else {
      addHostOfRecord(seen.data(), data);
    }
    return new Observation(seen.live(), seen.time(), data.build(), seen.position(), seen.origin());
  }

  /** Adds the local offset to a derived event, which lacks it. */
  Observation withOffset(Observation event) {
    if (!event.live() || event.data().has(Field.LOCAL_OFFSET)) {
      return event;
    }
    EventData data =
        event.data().toBuilder().put(Field.LOCAL_OFFSET, offset(host, event.time())).build();
    return new Observation(true, event.time(), data, event.position(), event.origin());
  }

  private void addLive(Observation seen, EventData.Builder data) {
    addOwnHost(data);
    data.put(Field.LOCAL_OFFSET, offset(host, seen.time()));
    if (!data.has(Field.UPTIME_MS)) {
      host.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    }
    if (seen.data().has(Field.SESSION_ID) && seen.data().kind() != Kind.SESSION_PRESENT) {
      directory
          .flatMap(known -> find(known, seen.data()))
          .ifPresent(facts -> addFacts(seen.data(), facts, data));
    }
  }

  /** If the directory fails, the event is written without its facts. */
  private Optional<EventData> find(SessionDirectory known, EventData seen) {
    try {
      Optional<EventData> facts = known.find(seen);
      defective = false;
      return facts;
    } catch (RuntimeException e) {
      if (!defective) {
        LOG.error(
            "the session directory failed unexpectedly (a defect in SessionBridge); events lack"
                + " details of the user and the client: {}",
            DefectText.of(e));
      }
      LOG.debug("defect in the session directory", e);
      defective = true;
      return Optional.empty();
    }
  }

  /** For instance {@code +01:00}; UTC is {@code +00:00}, not Z, so that all have the same form. */
  static String offset(Host host, Instant time) {
    String id = host.localOffset(time).getId();
    return id.equals("Z") ? "+00:00" : id;
  }

  /** Omits user facts if the source named a different user than the directory. */
  private static void addFacts(EventData seen, EventData facts, EventData.Builder data) {
    boolean sameUser =
        agree(seen.find(Field.USER_NAME), facts.find(Field.USER_NAME))
            && agree(seen.find(Field.USER_DOMAIN), facts.find(Field.USER_DOMAIN));
    for (Field<?> field : Field.all()) {
      if (sameUser || !ABOUT_THE_USER.contains(field)) {
        addFact(field, facts, data);
      }
    }
  }

  private static boolean agree(Optional<String> one, Optional<String> other) {
    return one.isEmpty() || other.isEmpty() || one.get().equalsIgnoreCase(other.get());
  }

  private static <T> void addFact(Field<T> field, EventData facts, EventData.Builder data) {
    data.putIfAbsent(field, facts.get(field));
  }

  /** A recorded observation concerns the host that it names, or else this host. */
  private void addHostOfRecord(EventData seen, EventData.Builder data) {
    if (seen.has(Field.HOST_ID)) {
      return;
    }
    String name = seen.get(Field.HOST_NAME);
    if (name == null) {
      addOwnHost(data);
      return;
    }
    data.put(Field.HOST_ID, foreignId(name));
  }

  /** Caches the ids, because an archive concerns few hosts and each id is a hash. */
  private String foreignId(String hostName) {
    if (foreignIds.size() >= MAX_FOREIGN_IDS) {
      foreignIds.clear();
    }
    return foreignIds.computeIfAbsent(hostName, ForeignHost::id);
  }

  private void addOwnHost(EventData.Builder data) {
    data.put(Field.HOST_ID, host.id());
    data.put(Field.HOST_NAME, host.name());
    host.fqdn().ifPresent(fqdn -> data.put(Field.HOST_FQDN, fqdn));
    host.domain().ifPresent(domain -> data.put(Field.HOST_DOMAIN, domain));
    host.bootId().ifPresent(boot -> data.put(Field.BOOT_ID, boot));
  }
}
