package io.sessionbridge.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.testkit.TestingHost;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class Rfc3164Test {

  private static final Instant TIME = Instant.parse("2026-12-05T23:30:07.9Z");

  private static String head(String bodyBeginning, EventData.Builder data) {
    EventData complete = data.put(Field.HOST_ID, "h1").build();
    StringBuilder head = new StringBuilder();
    new Rfc3164(Facility.AUTHPRIV, new TestingHost(), bodyBeginning)
        .append(SessionEvent.of("ab-1", "/s", TIME, TIME, 1, complete), head);
    return head.toString();
  }

  private static EventData.Builder lock() {
    return EventData.builder(Kind.LOCK)
        .put(Field.HOST_NAME, "HOST7")
        .put(Field.HOST_FQDN, "host7.contoso.example")
        .put(Field.LOCAL_OFFSET, "+01:00");
  }

  @Test
  void hasTheWallClockOfTheHostAndItsNameWithoutTheDomain() {
    assertThat(head("", lock())).isEqualTo("<86>Dec  6 00:30:07 HOST7 sessionbridge:");
    assertThat(head("", lock().put(Field.LOCAL_OFFSET, "-11:00")))
        .isEqualTo("<86>Dec  5 12:30:07 HOST7 sessionbridge:");
  }

  @Test
  void withoutAnOffsetOfTheEventThatOfThisHostIsUsed() {
    String here =
        head("", lock().put(Field.LOCAL_OFFSET, new TestingHost().localOffset(TIME).getId()));
    assertThat(head("", lock().remove(Field.LOCAL_OFFSET))).isEqualTo(here);
    assertThat(head("", lock().put(Field.LOCAL_OFFSET, "somewhere"))).isEqualTo(here);
  }

  @Test
  void aTextWithItsOwnTagGetsNoOther() {
    assertThat(head("CEF:0|SessionBridge|", lock())).isEqualTo("<86>Dec  6 00:30:07 HOST7");
    assertThat(head("LEEF:2.0|SessionBridge|", lock())).isEqualTo("<86>Dec  6 00:30:07 HOST7");
    assertThat(head("{\"id\":\"", lock())).endsWith(" sessionbridge:");
  }

  @Test
  void aQualifiedNameLosesItsDomainAndAnAddressNothing() {
    assertThat(host("host7.contoso.example")).isEqualTo("host7");
    assertThat(host("büro7.contoso.example")).isEqualTo("xn--bro7-0ra");
    assertThat(host("192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(host("2001:db8::7")).isEqualTo("2001:db8::7");
    assertThat(host("192.0.2.7.example")).isEqualTo("192");
    assertThat(host(".")).isEqualTo(".");
  }

  private static String host(String name) {
    String head = head("", lock().put(Field.HOST_NAME, name));
    assertThat(head).startsWith("<86>Dec  6 00:30:07 ").endsWith(" sessionbridge:");
    return head.substring(20, head.length() - 15);
  }

  @Test
  void anUnknownHostIsADash() {
    assertThat(head("", EventData.builder(Kind.LOGON))).endsWith(" - sessionbridge:");
  }
}
