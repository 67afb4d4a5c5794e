package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.windows.session.facts.AccountType;
import io.sessionbridge.windows.session.facts.ClientFacts;
import io.sessionbridge.windows.session.facts.ConnectState;
import io.sessionbridge.windows.session.facts.LogonFacts;
import io.sessionbridge.windows.session.facts.Protocol;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.session.facts.StationFacts;
import io.sessionbridge.windows.session.facts.UserFacts;
import java.util.Optional;

/** Puts the known facts of a session into the fields of an event. */
final class SessionFields {

  private final EventData.Builder data;

  private SessionFields(EventData.Builder data) {
    this.data = data;
  }

  /** Adds all known facts. */
  static EventData.Builder add(EventData.Builder data, SessionFacts facts) {
    SessionFields fields = new SessionFields(data);
    fields.add(facts.station());
    fields.add(facts.client());
    fields.add(facts.user());
    fields.add(facts.logon());
    return data;
  }

  private void add(StationFacts station) {
    put(Field.STATION, station.name());
    put(Field.PROTOCOL, station.protocol().map(Protocol::wireName));
    put(Field.REMOTE, station.remote());
    put(Field.SESSION_STATE, station.state().map(ConnectState::wireName));
    put(Field.LOCKED, station.locked());
    put(Field.REMOTE_CONTROL, station.remoteControlled());
  }

  private void add(ClientFacts client) {
    put(Field.CLIENT_NAME, client.name());
    put(Field.CLIENT_ADDRESS, client.address());
  }

  private void add(UserFacts user) {
    put(Field.USER_NAME, user.name());
    put(Field.USER_DOMAIN, user.domain());
    put(Field.USER_SID, user.sid());
    put(Field.USER_UPN, user.upn());
    put(Field.ACCOUNT_TYPE, user.type().map(AccountType::wireName));
  }

  private void add(LogonFacts logon) {
    put(Field.LOGON_TIME, logon.time());
    put(Field.LOGON_ID, logon.id());
    put(Field.LOGON_TYPE, logon.type());
    put(Field.AUTH_PACKAGE, logon.authPackage());
    put(Field.LOGON_SERVER, logon.server());
    put(Field.DNS_DOMAIN, logon.dnsDomain());
    put(Field.ELEVATED, logon.elevated());
  }

  private <T> void put(Field<T> field, Optional<T> value) {
    value.ifPresent(known -> data.put(field, known));
  }
}
