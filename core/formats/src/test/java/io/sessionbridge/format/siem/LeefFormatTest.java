package io.sessionbridge.format.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.text.UntrustedText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeefFormatTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private static String leef(EventData data) {
    LeefFormat format = new LeefFormat(new Product("SessionBridge", "SessionBridge", "1.0.0"));
    SessionEvent event = SessionEvent.of("ab-1", "/sessionbridge/h1", TIME, TIME, 1, data);
    return new String(format.encode(event).body(), UTF_8);
  }

  /** As the specification says: six fields with bars between, then attributes with tabs between. */
  private static Map<String, String> attributes(String message) {
    List<String> header = Splitter.on('|').limit(7).splitToList(message);
    assertThat(header.subList(0, 3)).containsExactly("LEEF:2.0", "SessionBridge", "SessionBridge");
    assertThat(header.get(5)).isEqualTo("x09");
    assertThat(header.get(6)).doesNotContain("|");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String attribute : Splitter.on('\t').split(header.get(6))) {
      List<String> parts = Splitter.on('=').limit(2).splitToList(attribute);
      assertThat(parts.get(0)).matches("[a-zA-Z][a-zA-Z0-9]*");
      assertThat(attributes.put(parts.get(0), parts.get(1))).as(attribute).isNull();
    }
    return attributes;
  }

  @Test
  void aUserThatIsKnownByItsPrincipalNameAloneIsNamedByIt() {
    EventData.Builder data =
        EventData.builder(Kind.LOGON)
            .put(Field.HOST_ID, "h1")
            .put(Field.USER_UPN, "kim@contoso.example");
    assertThat(attributes(leef(data.build()))).containsEntry("usrName", "kim@contoso.example");
    data.put(Field.USER_NAME, "kim");
    assertThat(attributes(leef(data.build()))).containsEntry("usrName", "kim");
  }

  @Test
  void everyGoldenLineIsReadAsItIsMeant() {
    List<String> lines = GoldenLines.of(SiemFormat.LEEF);
    List<SessionEvent> events = GoldenLines.events();
    assertThat(lines).hasSameSizeAs(events);
    for (int i = 0; i < lines.size(); i++) {
      SessionEvent event = events.get(i);
      Map<String, String> attributes = attributes(lines.get(i));
      assertThat(attributes)
          .containsEntry("eventUid", event.id())
          .containsEntry("devTime", Long.toString(event.time().toEpochMilli()))
          .doesNotContainKey("eventId");
      String user = event.data().find(Field.USER_NAME).map(UntrustedText::part).orElse(null);
      assertThat(attributes.get("usrName")).isEqualTo(user == null ? null : user.replace('|', ' '));
    }
  }

  @Test
  void onlyLogonsAndLogoffsAreLogins() {
    assertThat(leef(EventData.builder(Kind.LOGON).put(Field.HOST_ID, "h1").build()))
        .contains("\tisLoginEvent=true\t");
    assertThat(leef(EventData.builder(Kind.LOGOFF).put(Field.HOST_ID, "h1").build()))
        .contains("\tisLogoutEvent=true\t");
    assertThat(leef(EventData.builder(Kind.UNLOCK).put(Field.HOST_ID, "h1").build()))
        .doesNotContain("Event=true");
  }

  @Test
  void whatWindowsDeniedIsNoLogin() {
    for (Kind kind : List.of(Kind.LOGON, Kind.LOGOFF)) {
      EventData.Builder data = EventData.builder(kind).put(Field.HOST_ID, "h1");
      assertThat(leef(data.put(Field.CONFIRMED, true).build())).contains("Event=true");
      assertThat(leef(data.put(Field.CONFIRMED, false).build()))
          .contains("\tconfirmed=false")
          .doesNotContain("Event=true");
    }
  }

  @Test
  void aClientIsAnIdentityByAnAddressThatTellsItFromOthers() {
    EventData.Builder data =
        EventData.builder(Kind.LOGON).put(Field.HOST_ID, "h1").put(Field.CLIENT_NAME, "LAPTOP");
    assertThat(attributes(leef(data.build())))
        .containsEntry("clientName", "LAPTOP")
        .doesNotContainKeys("src", "identSrc", "identHostName");
    assertThat(attributes(leef(data.put(Field.CLIENT_ADDRESS, "0.0.0.0").build())))
        .containsEntry("clientName", "LAPTOP")
        .containsEntry("clientAddress", "0.0.0.0")
        .doesNotContainKeys("src", "identSrc", "identHostName");
    assertThat(attributes(leef(data.put(Field.CLIENT_ADDRESS, "127.0.0.1").build())))
        .containsEntry("src", "127.0.0.1")
        .containsEntry("clientName", "LAPTOP")
        .doesNotContainKeys("identSrc", "identHostName");
    assertThat(attributes(leef(data.put(Field.CLIENT_ADDRESS, "192.0.2.7").build())))
        .containsEntry("src", "192.0.2.7")
        .containsEntry("identSrc", "192.0.2.7")
        .containsEntry("identHostName", "LAPTOP")
        .doesNotContainKey("clientName");
  }

  @Test
  void aFieldOfALaterVersionIsReportedUnderALegalKey() throws Exception {
    String json = "{\"kind\":\"lock\",\"host_id\":\"h1\",\"later_x=\\t\":\"a|b\\tc\"}";
    assertThat(leef(EventJson.read(json.getBytes(UTF_8)))).endsWith("\tsessionBridgeLaterX=a b c");
  }

  @Test
  void aFieldOfALaterVersionForgesNoAttribute() throws Exception {
    String json =
        "{\"kind\":\"lock\",\"host_id\":\"h1\",\"user_name\":\"kim\",\"usr_name\":\"sam\","
            + "\"_\":\"x\",\"漢\":\"y\",\"src\":\"192.0.2.7\",\"Src\":\"192.0.2.8\"}";
    String leef = leef(EventJson.read(json.getBytes(UTF_8)));
    assertThat(attributes(leef))
        .containsEntry("usrName", "kim")
        .containsEntry("sessionBridgeUsrName", "sam")
        .containsEntry("sessionBridgeSrc", "192.0.2.8")
        .doesNotContainKeys("src", "sessionBridge");
  }
}
