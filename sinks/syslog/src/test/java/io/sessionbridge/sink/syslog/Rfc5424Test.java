package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingFormats;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Rfc5424Test {

  private static final String EVIL = "k\"i\\m]ü漢😀[a=\"b\"]";

  private static EventData.Builder lock() {
    return EventData.builder(Kind.LOCK)
        .put(Field.HOST_ID, "host-7")
        .put(Field.HOST_NAME, "HOST7")
        .put(Field.SESSION_ID, 2L)
        .put(Field.USER_NAME, "kim")
        .put(Field.USER_DOMAIN, "CONTOSO");
  }

  private static EncodedEvent event(String format, EventData data) {
    Instant time = Instant.parse("2026-11-20T08:00:00.123456Z");
    return TestingFormats.named(format)
        .encode(
            SessionEvent.of(
                "7h3jk2-42", "/sessionbridge/host-7", time, time.plusMillis(1), 42, data));
  }

  private static MessageEncoder encoder(StructuredData data, int maxBytes) {
    return new MessageEncoder(new Rfc5424(Facility.AUTHPRIV, data), false, maxBytes);
  }

  private static StructuredData none() {
    return new StructuredData(List.of(), Optional.empty(), Optional.empty());
  }

  private static StructuredData fields() {
    return new StructuredData(List.of(), Optional.of(32473L), Optional.empty());
  }

  private static String encode(MessageEncoder encoder, EventData data) throws Exception {
    return new String(encoder.encode(event("sentence", data)), UTF_8);
  }

  @Test
  void plain() throws Exception {
    assertThat(encode(encoder(none(), 8192), lock().build()))
        .isEqualTo(
            "<86>1 2026-11-20T08:00:00.123456Z HOST7 sessionbridge 7h3jk2-42 lock -"
                + " CONTOSO\\kim locked session 2 on HOST7");
  }

  @Test
  void fieldsAreStructuredDataUnderTheEnterpriseNumber() throws Exception {
    assertThat(encode(encoder(fields(), 8192), lock().build()))
        .isEqualTo(
            "<86>1 2026-11-20T08:00:00.123456Z HOST7 sessionbridge 7h3jk2-42 lock"
                + " [sessionbridge@32473 id=\"7h3jk2-42\" source=\"/sessionbridge/host-7\""
                + " sequence=\"00000000000000000042\" recordedtime=\"2026-11-20T08:00:00.124456Z\""
                + " kind=\"lock\" host_id=\"host-7\" session_id=\"2\" host_name=\"HOST7\""
                + " user_name=\"kim\" user_domain=\"CONTOSO\"]"
                + " CONTOSO\\kim locked session 2 on HOST7");
  }

  @Test
  void standardData() throws Exception {
    MessageEncoder encoder =
        encoder(
            new StructuredData(
                List.of(StandardData.META, StandardData.ORIGIN, StandardData.TIME_QUALITY),
                Optional.empty(),
                Optional.of("1.2")),
            8192);
    EventData data = lock().put(Field.UPTIME_MS, 123_456L).build();
    assertThat(encode(encoder, data))
        .contains(
            " lock [meta sequenceId=\"1\" sysUpTime=\"12345\"]"
                + "[origin software=\"SessionBridge\" swVersion=\"1.2\"]"
                + "[timeQuality tzKnown=\"1\"] CONTOSO");
    assertThat(encode(encoder, data)).contains("sequenceId=\"2\"");
  }

  @Test
  void sequenceIdRestartsAtOne() {
    assertThat(StructuredData.nextSequenceId(0)).isEqualTo(1);
    assertThat(StructuredData.nextSequenceId(2_147_483_646)).isEqualTo(2_147_483_647);
    assertThat(StructuredData.nextSequenceId(2_147_483_647)).isEqualTo(1);
  }

  @Test
  void originNamesTheEnterprise() throws Exception {
    StructuredData data =
        new StructuredData(List.of(StandardData.ORIGIN), Optional.of(32473L), Optional.empty());
    assertThat(encode(encoder(data, 8192), lock().build()))
        .contains(
            " lock [origin enterpriseId=\"32473\" software=\"SessionBridge\"][sessionbridge@");
  }

  @Test
  void severityFollowsTheKind() {
    assertThat(Facility.AUTHPRIV.priority(Kind.LOGON.severity())).isEqualTo(85);
    assertThat(Facility.KERN.priority(Kind.GAP.severity())).isEqualTo(4);
    assertThat(Facility.LOCAL7.priority(Kind.UNLOCK.severity())).isEqualTo(190);
  }

  @Test
  void everyFieldMayHaveEveryCharacter() throws Exception {
    EventData.Builder data = EventData.builder(Kind.LOGON);
    for (Field<?> field : Field.all()) {
      if (field.type() == String.class) {
        @SuppressWarnings("unchecked")
        Field<String> text = (Field<String>) field;
        data.put(text, EVIL + field.name());
      }
    }
    EventData all = data.put(Field.SESSION_ID, 2L).build();
    TestingMessage message = TestingMessage.parse(encode(encoder(fields(), 65536), all));
    Map<String, String> sent = message.data().get("sessionbridge@32473");
    for (Field<?> field : Field.all()) {
      if (field.type() == String.class) {
        assertThat(sent).containsEntry(field.name(), EVIL + field.name());
      }
    }
    assertThat(message.text())
        .startsWith(EVIL + "user_domain\\" + EVIL + "user_name logged on to session 2 on ");
  }

  @Test
  void noNameCanStartAnotherMessage() throws Exception {
    EventData data = lock().put(Field.USER_NAME, "kim\n<0>1 - - - - - - root\r\0\u007f").build();
    String message = encode(encoder(fields(), 8192), data);
    assertThat(message.chars()).noneMatch(c -> c < ' ' || c == 127);
    assertThat(message)
        .endsWith("\\kim <0>1 - - - - - - root \uFFFD\uFFFD locked session 2 on HOST7");
  }

  @Test
  void headersAreShortAndPrintable() throws Exception {
    EventData data = lock().put(Field.HOST_NAME, "BÜRO PC").build();
    assertThat(TestingMessage.parse(encode(encoder(none(), 8192), data)).host()).matches("[!-~]+");
    assertThat(HeaderText.hostName("büro-7.example")).isEqualTo("xn--bro-7-kva.example");
    assertThat(HeaderText.hostName("x".repeat(300))).hasSize(255);
    assertThat(HeaderText.hostName("")).isEqualTo("-");
    assertThat(HeaderText.hostName("a b\u007f")).isEqualTo("a_b_");
    assertThat(HeaderText.processId("é".repeat(200))).hasSize(128).matches("_+");
    assertThat(HeaderText.messageId("x".repeat(40))).hasSize(32);
  }

  @Test
  void fullyQualifiedNameIsTheHost() throws Exception {
    EventData data = lock().put(Field.HOST_FQDN, "host7.contoso.example").build();
    assertThat(encode(encoder(none(), 8192), data)).contains("Z host7.contoso.example session");
  }

  @Test
  void byteOrderMarkStandsBeforeTheText() throws Exception {
    MessageEncoder encoder = new MessageEncoder(new Rfc5424(Facility.AUTHPRIV, none()), true, 8192);
    assertThat(encode(encoder, lock().build())).contains(" lock - \uFEFFCONTOSO");
  }

  @Test
  void textIsTruncatedBetweenTwoCharacters() throws Exception {
    EventData data = lock().put(Field.USER_NAME, "漢😀é".repeat(100)).build();
    String whole = encode(encoder(none(), 8192), data);
    for (int bytes = 480; bytes < 500; bytes++) {
      MessageEncoder encoder = encoder(none(), bytes);
      byte[] message = encoder.encode(event("sentence", data));
      assertThat(message.length).isBetween(bytes - 3, bytes);
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
      assertThat(text).endsWith("...");
      assertThat(whole).startsWith(text.substring(0, text.length() - 3));
      assertThat(encoder.truncated()).isEqualTo(1);
    }
  }

  @Test
  void messageOfExactlyTheLimitStaysWhole() throws Exception {
    String whole = encode(encoder(none(), 8192), lock().build());
    assertThat(encode(encoder(none(), whole.length()), lock().build())).isEqualTo(whole);
    assertThat(encode(encoder(none(), whole.length() - 1), lock().build()))
        .isEqualTo(whole.substring(0, whole.length() - 4) + "...");
  }

  @Test
  void structuredDataIsNeverTruncated() {
    EventData data = lock().put(Field.REASON, "x".repeat(500)).build();
    assertThatThrownBy(() -> encoder(fields(), 480).encode(event("sentence", data)))
        .isInstanceOf(TooLargeException.class)
        .hasMessageMatching("the message would have \\d+ bytes, max_message_bytes is 480");
  }

  @Test
  void otherFormatsAreNotTruncated() throws Exception {
    EventData data = lock().put(Field.REASON, "x".repeat(500)).build();
    assertThat(encoder(none(), 8192).encode(event("json", data))).hasSizeGreaterThan(600);
    assertThatThrownBy(() -> encoder(none(), 480).encode(event("json", data)))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void textThatIsNotCuttableIsNotTruncated() {
    EncodedEvent text = event("sentence", lock().build());
    EncodedEvent whole =
        new EncodedEvent(text.event(), new byte[600], text.contentType(), text.attributes(), false);
    assertThat(text.cuttable()).isTrue();
    assertThatThrownBy(() -> encoder(none(), 480).encode(whole))
        .isInstanceOf(TooLargeException.class);
  }

  @Test
  void tabsOfLeefStay() throws Exception {
    EncodedEvent text = event("sentence", lock().build());
    byte[] body = "LEEF:2.0|a|b|1|lock|x09|usrName=kim\tdomain=CONTOSO".getBytes(UTF_8);
    byte[] message =
        encoder(none(), 8192)
            .encode(new EncodedEvent(text.event(), body, "text/plain", List.of(), false));
    assertThat(new String(message, UTF_8)).endsWith(" - " + new String(body, UTF_8));
  }
}
