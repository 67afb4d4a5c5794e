package io.sessionbridge.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventJson;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Event logs of real machines, as a replay gives them to the tracker. */
class RecordedHostsTest {

  private static List<Observation> lines() throws Exception {
    List<Observation> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RecordedHostsTest.class.getResourceAsStream("recorded-hosts.jsonl"),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(observation(line));
      }
    }
    return lines;
  }

  private static Observation observation(String line) throws Exception {
    EventData.Builder data = EventData.builder();
    Instant time = Instant.EPOCH;
    try (JsonParser json = EventJson.FACTORY.createParser(line)) {
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        json.nextToken();
        if (name.equals("time")) {
          time = EventJson.time(name, json.getText());
        } else {
          EventJson.readField(name, json, data);
        }
      }
    }
    EventData read = data.build();
    return Observation.recorded(
        time, read.toBuilder().put(Field.HOST_ID, read.get(Field.HOST_NAME)).build(), null);
  }

  @Test
  void livesAreThoseOfPeople() throws Exception {
    SessionTracker tracker = new SessionTracker(TrackerSettings.ofLiveHost().ofForeignHosts());
    Map<String, HostSessions> states = new HashMap<>();
    List<Observation> written = new ArrayList<>();
    Set<String> begun = new HashSet<>();
    Set<String> ended = new HashSet<>();
    Set<String> inferredEnds = new HashSet<>();
    int pseudoLogons = 0;
    int logons = 0;
    for (Observation line : lines()) {
      String host = line.data().get(Field.HOST_ID);
      HostSessions before = states.getOrDefault(host, HostSessions.empty(host));
      int so = written.size();
      TrackerStep step =
          tracker.apply(before, new Report("file", "replay", line), index -> "r-" + (so + index));
      states.put(host, step.after());
      written.addAll(step.events());
      assertThat(step.correlated() + step.ignored() + step.flooded()).isZero();
    }
    for (Observation event : written) {
      EventData data = event.data();
      String key = data.get(Field.SESSION_KEY);
      String life = data.get(Field.HOST_ID) + key;
      boolean own = data.find(Field.ACCOUNT_TYPE).isEmpty();
      if (data.kind() == Kind.LOGON) {
        logons++;
        pseudoLogons += own ? 0 : 1;
      }
      if (key != null && own && data.kind() == Kind.LOGON) {
        begun.add(life);
      }
      if (key != null && data.kind() == Kind.LOGOFF) {
        (data.has(Field.INFERRED) ? inferredEnds : ended).add(life);
      }
    }
    assertThat(logons).isEqualTo(392);
    assertThat(pseudoLogons).isEqualTo(245);
    ended.retainAll(begun);
    assertThat(List.of(begun.size(), ended.size(), inferredEnds.size()))
        .as("lives, with an end, with an end that was concluded")
        .containsExactly(44, 36, 1);
    assertThat(states.values().stream().mapToInt(HostSessions::people).sum()).isEqualTo(7);
  }
}
