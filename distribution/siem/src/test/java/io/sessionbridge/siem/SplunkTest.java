package io.sessionbridge.siem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.testkit.TestingEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Splunk cannot run here. What can be checked without it: the files refer to each other, and their
 * expressions, which mean the same in Java, find the fields in golden events.
 */
class SplunkTest {

  private static final Path FOLDER = Path.of("src/main/siem/splunk/default");
  private static final Pattern STANZA = Pattern.compile("\\[(.+)]");
  private static final JsonMapper JSON = new JsonMapper();

  private static Map<String, Map<String, String>> read(String file) throws IOException {
    Map<String, Map<String, String>> stanzas = new LinkedHashMap<>();
    Map<String, String> keys = new LinkedHashMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve(file))) {
      Matcher stanza = STANZA.matcher(line);
      if (stanza.matches()) {
        keys = new LinkedHashMap<>();
        assertThat(stanzas.put(stanza.group(1), keys)).as(line).isNull();
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" = ", 2);
        assertThat(parts).as(line).hasSize(2);
        assertThat(keys.put(parts[0], parts[1])).as(line).isNull();
      }
    }
    return stanzas;
  }

  private static Pattern regex(String transform) throws IOException {
    // Java knows no underscore in the name of a group.
    String text = read("transforms.conf").get(transform).get("REGEX");
    return Pattern.compile(text.replaceAll("\\(\\?<([a-z]+)_([a-z]+)>", "(?<$1$2>"));
  }

  @Test
  void everyTransformIsUsedAndThere() throws IOException {
    List<String> used =
        read("props.conf").values().stream()
            .flatMap(keys -> keys.entrySet().stream())
            .filter(key -> key.getKey().startsWith("REPORT-"))
            .flatMap(key -> List.of(key.getValue().split(", ")).stream())
            .toList();
    assertThat(used).containsExactlyInAnyOrderElementsOf(read("transforms.conf").keySet());
  }

  @Test
  void everyTagIsOfAnEventType() throws IOException {
    List<String> types =
        read("eventtypes.conf").keySet().stream().map("eventtype="::concat).toList();
    assertThat(read("tags.conf").keySet()).containsExactlyElementsOf(types);
  }

  /** What the data models of CIM ask for of Authentication. */
  @Test
  void everySourceTypeHasTheFieldsOfAuthentication() throws IOException {
    read("props.conf")
        .forEach(
            (name, keys) -> {
              assertThat(keys).as(name).containsKeys("EVAL-action", "EVAL-app", "EVAL-dest");
              assertThat(keys).as(name).containsKeys("EVAL-src", "EVAL-signature");
              assertThat(keys.get("FIELDALIAS-user")).as(name).contains(" AS user");
            });
  }

  @Test
  void theTimeIsWhereTheEventHasIt() throws IOException {
    Map<String, Map<String, String>> props = read("props.conf");
    for (String format : List.of("ecs", "cef")) {
      Pattern prefix = Pattern.compile(props.get("sessionbridge:" + format).get("TIME_PREFIX"));
      for (String line : Corpus.golden(format)) {
        Matcher found = prefix.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        String time = line.substring(found.end());
        assertThat(time).startsWith(format.equals("ecs") ? "2026-11-20T08:00:00.123456Z" : "17");
      }
    }
    Pattern prefix = Pattern.compile(props.get("sessionbridge:json").get("TIME_PREFIX"));
    String json = text("json", TestingEvents.data(Kind.LOGON));
    Matcher found = prefix.matcher(json);
    assertThat(found.find()).isTrue();
    assertThat(json.substring(found.end())).startsWith("2026-11-20T08:00:01.000000Z");
  }

  @Test
  void theHeaderAndTheExtensionOfCefAreRead() throws IOException {
    Pattern header = regex("sessionbridge_cef_header");
    Pattern extension = regex("sessionbridge_cef_extension");
    List<String> ecs = Corpus.golden("ecs");
    List<String> cef = Corpus.golden("cef");
    assertThat(cef).hasSameSizeAs(ecs);
    for (int i = 0; i < cef.size(); i++) {
      JsonNode event = JSON.readTree(ecs.get(i));
      Matcher head = header.matcher(cef.get(i));
      assertThat(head.find()).as(cef.get(i)).isTrue();
      assertThat(head.group("kind")).isEqualTo(event.at("/event/code").asString());
      Map<String, String> keys = new LinkedHashMap<>();
      Matcher pair = extension.matcher(cef.get(i));
      while (pair.find()) {
        keys.putIfAbsent(pair.group(1), pair.group(2).replaceAll("\\\\([\\\\=])", "$1"));
      }
      assertThat(keys).containsEntry("act", head.group("kind"));
      assertThat(keys).containsEntry("externalId", event.at("/event/id").asString());
      assertThat(keys.get("duser")).isEqualTo(event.at("/user/name").asString(null));
      assertThat(keys.get("dntdom")).isEqualTo(event.at("/user/domain").asString(null));
      assertThat(keys.get("reason")).isEqualTo(event.at("/event/reason").asString(null));
    }
  }

  private static String text(String format, EventData.Builder data) {
    return new String(new TestingEvents(format).next(data.build()).body(), UTF_8);
  }

  private static String message(EventData.Builder data, Kind kind) {
    return "<85>1 2026-11-20T08:00:00.123456Z WS-TEST sessionbridge 7h3jk2-1 "
        + kind.wireName()
        + " - "
        + text("sentence", data);
  }

  @Test
  void theUserOfASentenceIsRead() throws IOException {
    Pattern user = regex("sessionbridge_sentence_user");
    Pattern header = regex("sessionbridge_syslog_header");
    for (Kind kind :
        List.of(
            Kind.LOGON,
            Kind.LOGOFF,
            Kind.LOCK,
            Kind.UNLOCK,
            Kind.CONSOLE_CONNECT,
            Kind.CONSOLE_DISCONNECT,
            Kind.REMOTE_CONNECT,
            Kind.REMOTE_DISCONNECT)) {
      for (String name : List.of("kim", "Jörg 漢字", "kim.o'hara")) {
        EventData.Builder data = TestingEvents.data(kind).put(Field.USER_NAME, name);
        String message = message(data, kind);
        Matcher found = user.matcher(message);
        assertThat(found.find()).as(message).isTrue();
        assertThat(found.group("username")).as(message).isEqualTo(name);
        assertThat(found.group("userdomain")).isEqualTo("CONTOSO");
        Matcher head = header.matcher(message);
        assertThat(head.find()).isTrue();
        assertThat(head.group("hostname")).isEqualTo("WS-TEST");
        assertThat(head.group("kind")).isEqualTo(kind.wireName());
      }
      EventData.Builder nobody =
          TestingEvents.data(kind).remove(Field.USER_NAME).remove(Field.USER_DOMAIN);
      assertThat(user.matcher(message(nobody, kind)).find()).as("%s", kind).isFalse();
    }
  }

  @Test
  void theClientOfASentenceIsRead() throws IOException {
    Pattern client = regex("sessionbridge_sentence_client");
    EventData.Builder data =
        TestingEvents.data(Kind.REMOTE_CONNECT)
            .put(Field.CLIENT_NAME, "LAPTOP9")
            .put(Field.CLIENT_ADDRESS, "192.0.2.7")
            .put(Field.LAST_DISCONNECTED_SECONDS, 500L);
    Matcher found = client.matcher(message(data, Kind.REMOTE_CONNECT));
    assertThat(found.find()).isTrue();
    assertThat(found.group("clientname")).isEqualTo("LAPTOP9");
  }
}
