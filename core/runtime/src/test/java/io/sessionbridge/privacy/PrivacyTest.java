package io.sessionbridge.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.HostUse;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TestingHost;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The event, the state and the host as a protected sink gets them. */
class PrivacyTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final String ID = "0123456789abcdef-7";
  private static final Pseudonyms PSEUDONYMS = new Pseudonyms(PseudonymsTest.KEY);

  private static final Privacy ALL =
      of(Protection.PSEUDONYM, Protection.PSEUDONYM, Protection.PSEUDONYM);
  private static final Privacy USERS = of(Protection.PSEUDONYM, Protection.PLAIN, Protection.PLAIN);
  private static final Privacy HOSTS = of(Protection.PLAIN, Protection.PLAIN, Protection.PSEUDONYM);
  private static final Privacy NO_USERS =
      new Privacy(Protection.NONE, Protection.NONE, Protection.PLAIN, null, null);

  private static Privacy of(Protection users, Protection clients, Protection hosts) {
    return new Privacy(users, clients, hosts, PSEUDONYMS, null);
  }

  private static EventData.Builder kim() {
    return EventData.builder(Kind.LOGON)
        .put(Field.HOST_ID, "6f0c-host-id")
        .put(Field.HOST_NAME, "HOST7")
        .put(Field.HOST_FQDN, "host7.contoso.com")
        .put(Field.HOST_DOMAIN, "contoso.com")
        .put(Field.SESSION_ID, 2L)
        .put(Field.SESSION_KEY, ID)
        .put(Field.CLIENT_NAME, "LAPTOP-3")
        .put(Field.CLIENT_ADDRESS, "fe80::1%12")
        .put(Field.USER_NAME, "Kim")
        .put(Field.USER_DOMAIN, "CONTOSO")
        .put(Field.USER_SID, "S-1-5-21-1-1001")
        .put(Field.USER_UPN, "kim@contoso.com")
        .put(Field.LOGON_ID, "0x3e7")
        .put(Field.LOGON_SERVER, "DC1")
        .put(Field.DNS_DOMAIN, "contoso.com")
        .put(Field.STATION, "RDP-Tcp#3")
        .put(Field.ACCOUNT_TYPE, "domain");
  }

  private static SessionEvent event(EventData.Builder data) {
    return SessionEvent.of(ID, "/sessionbridge/6f0c-host-id", TIME, TIME, 7, data.build());
  }

  private static SessionEvent imported(EventData.Builder data, Origin origin) throws Exception {
    Observation seen = new Observation(false, TIME, data.build(), null, Optional.of(origin));
    return EventRecord.decode(EventRecord.encode("in", seen))
        .toEvent("/sessionbridge/agent", "0123456789abcdef", 9, TIME);
  }

  @Test
  void keepsThePlainEvent() {
    SessionEvent event = event(kim());
    assertThat(Privacy.PLAIN.of(event)).isSameAs(event);
  }

  @Test
  void replacesEachNameAndKeepsTheRest() {
    SessionEvent shown = ALL.of(event(kim()));
    EventData expected =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, PSEUDONYMS.of(NameType.HOST_ID, "6f0c-host-id"))
            .put(Field.HOST_NAME, PSEUDONYMS.of(NameType.HOST, "host7"))
            .put(Field.HOST_FQDN, PSEUDONYMS.of(NameType.HOST, "host7.contoso.com"))
            .put(Field.HOST_DOMAIN, PSEUDONYMS.of(NameType.DOMAIN, "contoso.com"))
            .put(Field.SESSION_ID, 2L)
            .put(Field.SESSION_KEY, ID)
            .put(Field.CLIENT_NAME, PSEUDONYMS.of(NameType.CLIENT, "laptop-3"))
            .put(Field.CLIENT_ADDRESS, PSEUDONYMS.of(NameType.ADDRESS, "fe80::1"))
            .put(Field.USER_NAME, PSEUDONYMS.of(NameType.USER, "kim"))
            .put(Field.USER_DOMAIN, PSEUDONYMS.of(NameType.DOMAIN, "contoso"))
            .put(Field.USER_SID, PSEUDONYMS.of(NameType.SID, "S-1-5-21-1-1001"))
            .put(Field.USER_UPN, PSEUDONYMS.of(NameType.UPN, "kim@contoso.com"))
            .put(Field.LOGON_ID, PSEUDONYMS.of(NameType.LOGON, "3e7"))
            .put(Field.LOGON_SERVER, PSEUDONYMS.of(NameType.HOST, "dc1"))
            .put(Field.DNS_DOMAIN, PSEUDONYMS.of(NameType.DOMAIN, "contoso.com"))
            .put(Field.STATION, "RDP-Tcp#3")
            .put(Field.ACCOUNT_TYPE, "domain")
            .put(Field.KEY_ID, PSEUDONYMS.keyId())
            .build();
    assertThat(shown.data()).isEqualTo(expected);
    assertThat(new String(shown.json(), UTF_8))
        .isEqualTo(new String(EventJson.write(expected), UTF_8));
    assertThat(shown.id()).isEqualTo(ID);
    assertThat(shown.source())
        .isEqualTo("/sessionbridge/" + PSEUDONYMS.of(NameType.HOST_ID, "6f0c-host-id"));
    assertThat(shown.partitionKey()).isEqualTo(PSEUDONYMS.of(NameType.HOST_ID, "6f0c-host-id"));
    assertThat(shown.sequence()).isEqualTo("00000000000000000007");
    assertThat(shown.journalSequence()).isEqualTo(7);
  }

  @Test
  void removesWithoutAKey() {
    EventData shown = NO_USERS.of(event(kim())).data();
    assertThat(Privacy.fields(Subject.USERS).stream().map(Field::ofName))
        .noneMatch(field -> shown.has(field.orElseThrow()));
    assertThat(shown.has(Field.CLIENT_NAME)).isFalse();
    assertThat(shown.has(Field.CLIENT_ADDRESS)).isFalse();
    assertThat(shown.has(Field.KEY_ID)).isFalse();
    assertThat(shown.get(Field.HOST_NAME)).isEqualTo("HOST7");
    assertThat(shown.get(Field.ACCOUNT_TYPE)).isEqualTo("domain");
  }

  @Test
  void addsTheKeyIdOnlyWithAPseudonym() {
    EventData.Builder data =
        EventData.builder(Kind.HOST_IDLE).put(Field.HOST_ID, "h").put(Field.HOST_NAME, "HOST7");
    assertThat(USERS.of(event(data)).data().has(Field.KEY_ID)).isFalse();
    assertThat(USERS.of(event(kim())).data().get(Field.KEY_ID)).isEqualTo(PSEUDONYMS.keyId());
  }

  @Test
  void findsTheHostInOtherNames() {
    SessionEvent local =
        event(
            kim()
                .put(Field.USER_NAME, "HOST7$")
                .put(Field.USER_DOMAIN, "host7")
                .put(Field.USER_UPN, "kim@HOST7.contoso.com")
                .put(Field.CLIENT_NAME, "HOST70")
                .put(Field.AUTH_PACKAGE, "host7"));
    EventData shown = HOSTS.of(local).data();
    String host = PSEUDONYMS.of(NameType.HOST, "host7");
    assertThat(shown.get(Field.USER_NAME)).isEqualTo(host + "$");
    assertThat(shown.get(Field.USER_DOMAIN)).isEqualTo(host);
    assertThat(shown.get(Field.USER_UPN))
        .isEqualTo("kim@" + PSEUDONYMS.of(NameType.HOST, "host7.contoso.com"));
    assertThat(shown.get(Field.CLIENT_NAME)).as("another name").isEqualTo("HOST70");
    assertThat(shown.has(Field.AUTH_PACKAGE)).isFalse();
    assertThat(shown.get(Field.USER_SID)).isEqualTo("S-1-5-21-1-1001");
  }

  /** Windows truncates the name to 15 characters in a domain or an account. */
  @Test
  void findsTheTruncatedHostName() {
    String name = "finance-laptop-04271";
    String host = PSEUDONYMS.of(NameType.HOST, name);
    EventData.Builder data =
        kim()
            .put(Field.HOST_NAME, name)
            .put(Field.USER_DOMAIN, "FINANCE-LAPTOP-")
            .put(Field.USER_NAME, "FINANCE-LAPTOP-$")
            .put(Field.CLIENT_NAME, "FINANCE-LAPTOP-9");
    for (String qualified : List.of("finance-laptop-04271.contoso.com", "other.contoso.com")) {
      EventData shown = HOSTS.of(event(data.put(Field.HOST_FQDN, qualified))).data();
      assertThat(shown.get(Field.HOST_NAME)).isEqualTo(host);
      assertThat(shown.get(Field.USER_DOMAIN)).isEqualTo(host);
      assertThat(shown.get(Field.USER_NAME)).isEqualTo(host + "$");
      assertThat(shown.get(Field.CLIENT_NAME)).as("another name").isEqualTo("FINANCE-LAPTOP-9");
    }
    EventData onlyQualified =
        HOSTS
            .of(
                event(
                    data.put(Field.HOST_NAME, "FINANCE-LAPTOP-")
                        .put(Field.HOST_FQDN, name + ".contoso.com")
                        .put(Field.USER_UPN, "kim@FINANCE-LAPTOP-.local")))
            .data();
    assertThat(onlyQualified.get(Field.USER_UPN)).doesNotContainIgnoringCase("finance");
    assertThat(onlyQualified.get(Field.USER_DOMAIN)).isEqualTo(onlyQualified.get(Field.HOST_NAME));
  }

  @Test
  void keepsWordsThatContainANameByChance() {
    EventData.Builder data =
        kim()
            .put(Field.USER_NAME, "ego")
            .put(Field.USER_DOMAIN, "add")
            .put(Field.AUTH_PACKAGE, "Negotiate")
            .put(Field.CONFIG_HASH, "0123456789addcef")
            .put(Field.LOCAL_OFFSET, "+01:00");
    EventData shown = USERS.of(event(data)).data();
    assertThat(shown.get(Field.AUTH_PACKAGE)).isEqualTo("Negotiate");
    assertThat(shown.get(Field.CONFIG_HASH)).isEqualTo("0123456789addcef");
    assertThat(shown.get(Field.LOCAL_OFFSET)).isEqualTo("+01:00");
    data.put(Field.USER_NAME, "deadbeefdeadbeef").put(Field.EVIDENCE, "deadbeefdeadbeef");
    assertThat(USERS.of(event(data)).data().has(Field.EVIDENCE)).isFalse();
  }

  @Test
  void removesSentencesAndUnclassifiedFields() throws Exception {
    EventData later =
        EventJson.read(
            "{\"kind\":\"logon\",\"host_id\":\"h\",\"user_name\":\"kim\",\"friend\":\"lou\"}"
                .getBytes(UTF_8));
    EventData.Builder data =
        later.toBuilder()
            .put(Field.REASON, "Lou logged kim off")
            .put(Field.HEALTH_DETAIL, "sink lake: kim@broker refuses")
            .put(Field.STATION, "of kim")
            .put(Field.EVIDENCE, "kims_word")
            .put(Field.PROTOCOL, "rdp");
    SessionEvent shown = USERS.of(event(data));
    assertThat(new String(shown.json(), UTF_8)).doesNotContainIgnoringCase("kim", "lou");
    assertThat(shown.data().get(Field.PROTOCOL)).isEqualTo("rdp");
    data.put(Field.REASON, "handoff_full");
    assertThat(USERS.of(event(data)).data().get(Field.REASON)).isEqualTo("handoff_full");
  }

  @Test
  void replacesIdsOfOtherPrograms() throws Exception {
    Origin origin = new Origin("kim-at-host7", "urn:kim", Optional.of("kim7"), Optional.empty());
    for (Privacy privacy : List.of(ALL, USERS, NO_USERS)) {
      SessionEvent shown = privacy.of(imported(kim().put(Field.SESSION_KEY, "kim-7"), origin));
      assertThat(
              shown.id() + shown.source() + shown.sequence() + shown.data().get(Field.SESSION_KEY))
          .doesNotContainIgnoringCase("kim");
      assertThat(shown.id())
          .as("as stable as the first")
          .isEqualTo(privacy.of(imported(kim(), origin)).id());
    }
    SessionEvent guessed = NO_USERS.of(imported(kim().put(Field.SESSION_KEY, "kim-7"), origin));
    assertThat(guessed.id()).as("no hash that can be guessed").isEqualTo("0123456789abcdef-9");
    assertThat(guessed.source()).isEqualTo("/sessionbridge/agent");
    assertThat(guessed.sequence()).isEqualTo("00000000000000000009");
    assertThat(guessed.data().has(Field.SESSION_KEY)).isFalse();
    Origin agent =
        new Origin(
            "fedcba9876543210-12", "/sessionbridge/other", Optional.of("12"), Optional.empty());
    SessionEvent shown = USERS.of(imported(kim(), agent));
    assertThat(shown.id()).isEqualTo("fedcba9876543210-12");
    assertThat(shown.source()).isEqualTo("/sessionbridge/other");
  }

  @Test
  void coversTheHostAndTheState() {
    TestingHost host = new TestingHost("6f0c-host-id", "HOST7");
    assertThat(ALL.of(host).id()).isEqualTo(ALL.of(event(kim())).partitionKey());
    assertThat(ALL.of(host).name()).isEqualTo(PSEUDONYMS.of(NameType.HOST, "host7"));
    assertThat(ALL.of(host).eventSource()).isEqualTo(ALL.of(event(kim())).source());
    assertThat(USERS.of(host)).isSameAs(host);
    HostState state =
        new HostState(
            TIME,
            Health.degraded("kim@broker refuses"),
            List.of(
                new SessionState(
                    2,
                    Optional.of("Kim"),
                    Optional.of("HOST7"),
                    Optional.empty(),
                    Optional.empty(),
                    Kind.LOGON,
                    TIME)),
            HostCondition.UNKNOWN,
            Optional.empty(),
            new HostUse(Optional.of(true), Optional.of(false)),
            false);
    HostState shown = ALL.of(() -> state, host).now();
    assertThat(shown.use()).isEqualTo(state.use());
    assertThat(shown.judged()).isFalse();
    assertThat(shown.health()).isEqualTo(new Health(Health.Status.DEGRADED, ""));
    assertThat(shown.sessions().get(0).userName()).contains(PSEUDONYMS.of(NameType.USER, "kim"));
    assertThat(shown.sessions().get(0).userDomain())
        .contains(PSEUDONYMS.of(NameType.DOMAIN, "host7"));
    assertThat(HOSTS.of(state, host).sessions().get(0).userDomain())
        .as("the domain of a local account")
        .contains(PSEUDONYMS.of(NameType.HOST, "host7"));
    assertThat(NO_USERS.of(state, host).sessions().get(0).userName()).isEmpty();
    assertThat(Privacy.PLAIN.of(state, host)).isSameAs(state);
  }
}
