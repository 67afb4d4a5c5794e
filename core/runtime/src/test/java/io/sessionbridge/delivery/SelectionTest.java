package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.config.ConfigException;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events a sink receives. */
class SelectionTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final Set<Kind> OF_THE_AGENT =
      EnumSet.of(Kind.BRIDGE_START, Kind.BRIDGE_STOP, Kind.BRIDGE_HEARTBEAT);

  /** As read from the journal, not decoded. */
  private static SessionEvent event(Kind kind, Consumer<EventData.Builder> more) throws Exception {
    EventData.Builder data =
        EventData.builder(kind).put(Field.HOST_ID, "h7").put(Field.HOST_NAME, "HOST7");
    more.accept(data);
    byte[] record = EventRecord.encode("in", Observation.recorded(TIME, data.build(), null));
    return EventRecord.decode(record).toEvent("/sessionbridge/h7", "ab", 1, TIME);
  }

  private static SessionEvent ofAccount(String type) throws Exception {
    return event(Kind.LOGON, data -> data.put(Field.USER_NAME, "u").put(Field.ACCOUNT_TYPE, type));
  }

  private static SessionEvent kim(Kind kind) throws Exception {
    return event(
        kind,
        data ->
            data.put(Field.USER_NAME, "kim")
                .put(Field.USER_DOMAIN, "CONTOSO")
                .put(Field.USER_SID, "S-1-5-21-1-1001")
                .put(Field.USER_UPN, "kim@contoso.com")
                .put(Field.ACCOUNT_TYPE, "domain")
                .put(Field.REMOTE, false));
  }

  private static SessionEvent plain(Kind kind) throws Exception {
    return event(kind, data -> {});
  }

  @ParameterizedTest
  @CsvSource({
    "local, true",
    "domain, true",
    "entra, true",
    "virtual, false",
    "service, false",
    "Service, false",
    "of a later version, true",
    ", true"
  })
  void accountsOfNoPersonAreLeftOutUnlessAskedFor(String type, boolean usual) throws Exception {
    assertThat(Selection.DEFAULT.wants(ofAccount(type))).isEqualTo(usual);
    assertThat(TestingSelection.of("kinds: [logon]").wants(ofAccount(type))).isEqualTo(usual);
    assertThat(TestingSelection.of("account_types: [all]").wants(ofAccount(type))).isTrue();
    assertThat(Selection.ALL.wants(ofAccount(type))).isTrue();
  }

  @Test
  void aListOfAccountTypesIsExhaustive() throws Exception {
    Selection some = TestingSelection.of("account_types: [domain, service]");
    assertThat(some.wants(ofAccount("domain"))).isTrue();
    assertThat(some.wants(ofAccount("service"))).isTrue();
    assertThat(some.wants(ofAccount("virtual"))).isFalse();
    assertThat(some.wants(ofAccount("local"))).isFalse();
    assertThat(some.wants(ofAccount(null))).isFalse();
    assertThat(some.wants(plain(Kind.HOST_IDLE))).isFalse();
    Selection nobody = TestingSelection.of("account_types: [unknown]");
    assertThat(nobody.wants(ofAccount(null))).isTrue();
    assertThat(nobody.wants(plain(Kind.HOST_IDLE))).isTrue();
    assertThat(nobody.wants(ofAccount("local"))).isFalse();
  }

  /** For example, reports about session 0 itself. */
  @Test
  void anEventWithoutAUserIsUnknownForAnyAccountType() throws Exception {
    SessionEvent ofSession0 =
        event(Kind.SESSION_PRESENT, data -> data.put(Field.ACCOUNT_TYPE, "service"));
    assertThat(Selection.DEFAULT.wants(ofSession0)).isTrue();
    assertThat(TestingSelection.of("account_types: [service]").wants(ofSession0)).isFalse();
    assertThat(TestingSelection.of("account_types: [unknown]").wants(ofSession0)).isTrue();
    SessionEvent bySid =
        event(
            Kind.LOGON,
            data -> data.put(Field.USER_SID, "S-1-5-18").put(Field.ACCOUNT_TYPE, "service"));
    assertThat(Selection.DEFAULT.wants(bySid)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'CONTOSO\\kim', true",
    "'contoso\\K*', true",
    "KIM@contoso.com, true",
    "s-1-5-21-1-*, true",
    "kim, true",
    "'CONTOSO\\kimberly', false",
    "'FABRIKAM\\*', false",
    "*@fabrikam.com, false",
    "S-1-5-21-2-*, false"
  })
  void usersAreNamedAsInIgnoreUsers(String pattern, boolean named) throws Exception {
    SessionEvent event = kim(Kind.LOGON);
    Selection users = TestingSelection.of("users: [nobody, '" + pattern + "']");
    Selection notUsers = TestingSelection.of("not_users: [nobody, '" + pattern + "']");
    assertThat(users.wants(event)).isEqualTo(named);
    assertThat(notUsers.wants(event)).isEqualTo(!named);
  }

  @Test
  void aUserMustBeIncludedAndNotExcluded() throws Exception {
    Selection both = TestingSelection.of("users: ['CONTOSO\\*']", "not_users: ['CONTOSO\\svc*']");
    assertThat(both.wants(kim(Kind.LOGON))).isTrue();
    SessionEvent backup =
        event(
            Kind.LOGON,
            data -> data.put(Field.USER_NAME, "svc-backup").put(Field.USER_DOMAIN, "Contoso"));
    assertThat(both.wants(backup)).isFalse();
  }

  @Test
  void anEventWithoutAUserPassesUnlessUsersAreListed() throws Exception {
    assertThat(Selection.DEFAULT.wants(plain(Kind.HOST_IDLE))).isTrue();
    assertThat(TestingSelection.of("not_users: ['*']").wants(plain(Kind.HOST_IDLE))).isTrue();
    assertThat(TestingSelection.of("users: ['*']").wants(plain(Kind.HOST_IDLE))).isFalse();
  }

  @Test
  void hostsMatchByShortOrFullyQualifiedName() throws Exception {
    SessionEvent qualified =
        event(Kind.HOST_IDLE, data -> data.put(Field.HOST_FQDN, "host7.contoso.com"));
    assertThat(TestingSelection.of("hosts: [host7]").wants(qualified)).isTrue();
    assertThat(TestingSelection.of("hosts: [LAB-*, '*.contoso.com']").wants(qualified)).isTrue();
    assertThat(TestingSelection.of("hosts: [LAB-*]").wants(qualified)).isFalse();
    assertThat(TestingSelection.of("hosts: ['*.contoso.com']").wants(kim(Kind.LOGON))).isFalse();
  }

  @Test
  void aGapPassesAnySelection() throws Exception {
    Selection little =
        TestingSelection.of(
            "kinds: [logoff]",
            "remote: true",
            "account_types: [entra]",
            "users: [nobody]",
            "hosts: [nowhere]");
    assertThat(little.wants(plain(Kind.GAP))).isTrue();
    assertThat(little.wants(plain(Kind.LOGOFF))).isFalse();
  }

  @Test
  void usersAndHostsDoNotApplyToTheAgentsOwnEvents() throws Exception {
    Selection little =
        TestingSelection.of(
            "account_types: [entra]", "users: [nobody]", "not_users: ['*']", "hosts: [nowhere]");
    for (Kind kind : OF_THE_AGENT) {
      assertThat(little.wants(plain(kind))).isTrue();
      assertThat(TestingSelection.of("kinds: [logon]").wants(plain(kind))).isFalse();
      assertThat(TestingSelection.of("remote: true").wants(plain(kind))).isFalse();
    }
    assertThat(little.wants(plain(Kind.HOST_IDLE))).isFalse();
  }

  @Test
  void hostsApplyToEventsOfAnotherAgent() throws Exception {
    Origin origin = new Origin("cd-1", "/sessionbridge/h8", Optional.of("1"), Optional.of(TIME));
    EventData data =
        EventData.builder(Kind.BRIDGE_STOP)
            .put(Field.HOST_ID, "h8")
            .put(Field.HOST_NAME, "HOST8")
            .build();
    byte[] record = EventRecord.encode("in", Observation.imported(TIME, data, null, origin));
    SessionEvent event = EventRecord.decode(record).toEvent("/sessionbridge/h7", "ab", 1, TIME);
    assertThat(TestingSelection.of("hosts: [host7]").wants(event)).isFalse();
    assertThat(TestingSelection.of("hosts: [host8]", "users: [nobody]").wants(event)).isTrue();
    assertThat(Selection.DEFAULT.wants(event)).isTrue();
  }

  @Test
  void sessionsAreRemoteLocalOrUnknown() throws Exception {
    assertThat(TestingSelection.of("remote: false").wants(kim(Kind.LOGON))).isTrue();
    assertThat(TestingSelection.of("remote: true").wants(kim(Kind.LOGON))).isFalse();
    assertThat(TestingSelection.of("remote: false").wants(plain(Kind.LOGON))).isFalse();
  }

  /** The data after the account type is malformed, which only decoding would detect. */
  @Test
  void anEventOfAPersonIsNotDecoded() throws Exception {
    byte[] json =
        ("{\"kind\":\"logon\",\"host_id\":\"h7\",\"user_name\":\"kim\",\"account_type\":\"domain\","
                + "\"elevated\":?}")
            .getBytes(StandardCharsets.UTF_8);
    EventData data = EventData.builder(Kind.LOGON).put(Field.HOST_ID, "h7").build();
    byte[] record = EventRecord.encode("in", Observation.recorded(TIME, data, null));
    int envelope = record.length - EventJson.write(data).length;
    byte[] bytes = Arrays.copyOf(record, envelope + json.length);
    System.arraycopy(json, 0, bytes, envelope, json.length);
    SessionEvent event = EventRecord.decode(bytes).toEvent("/sessionbridge/h7", "ab", 1, TIME);
    assertThat(Selection.DEFAULT.wants(event)).isTrue();
  }

  @Test
  void describesWhatItLeavesOut() throws Exception {
    assertThat(Selection.ALL.leavesOut()).isEmpty();
    assertThat(Selection.DEFAULT.leavesOut()).contains("account types virtual, service");
    Selection little =
        TestingSelection.of(
            "kinds: [unlock, lock]",
            "remote: true",
            "account_types: [all]",
            "users: ['CONTOSO\\*', kim]",
            "not_users: ['CONTOSO\\svc*']",
            "hosts: [LAB-*]");
    assertThat(little.leavesOut())
        .contains(
            "kinds other than lock, unlock; events not from a remote session; users other"
                + " than CONTOSO\\*, kim, and events without a user; users CONTOSO\\svc*; hosts"
                + " other than LAB-*");
    assertThat(TestingSelection.of("remote: false", "account_types: [unknown]").leavesOut())
        .contains(
            "events not from a local session; account types local, domain, entra, virtual,"
                + " service");
    assertThat(TestingSelection.of("account_types: [domain]").leavesOut())
        .contains(
            "account types local, entra, virtual, service, and events without a user or an account"
                + " type");
  }

  @Test
  void reportsAnUnknownValue() {
    assertThatThrownBy(() -> TestingSelection.of("account_types: [people]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "account_types[0] must be one of local, domain, entra, virtual, service, unknown, all");
    assertThatThrownBy(() -> TestingSelection.of("account_types: [all, virtual]"))
        .hasMessage("select.yaml:1: account_types must be [all] or a list without all");
  }

  @ParameterizedTest
  @CsvSource({
    "CONTOSO/kim, ', did you mean CONTOSO\\kim?'",
    "*/kim, ', did you mean *\\kim?'",
    "CONTOSO/ward/kim, ''",
    "'CONTOSO\\a/b', ''",
    "kim/x@contoso.com, ''"
  })
  void aUserHasNoSlash(String text, String question) {
    for (String key : List.of("users", "not_users")) {
      assertThatThrownBy(() -> TestingSelection.of(key + ": [kim, '" + text + "']"))
          .hasMessage(
              "select.yaml:1: "
                  + key
                  + " must be DOMAIN\\user, a UPN, a SID or a name, was "
                  + text
                  + question);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://host7",
        "host7:443",
        "host 7",
        "CONTOSO\\host7",
        "192.0.2.7",
        "2001:db8::7",
        "192.0.2.0/24"
      })
  void aHostIsNamed(String text) {
    assertThatThrownBy(() -> TestingSelection.of("hosts: [HOST7, '" + text + "']"))
        .hasMessage(
            "select.yaml:1: hosts must be a host name, short or fully qualified, was " + text);
  }

  @Test
  void acceptsUnusualHostNames() throws Exception {
    assertThat(
            TestingSelection.of("hosts: [7, BÜRO_7, '*', 'host7.*.example', '1.2.3']").leavesOut())
        .isPresent();
  }
}
