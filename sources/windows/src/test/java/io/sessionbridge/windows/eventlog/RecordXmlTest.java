package io.sessionbridge.windows.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordXmlTest {

  private static final String HEAD =
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
          + "<Provider Name='P' Guid='{dbe9b383-7cf3-4331-91cc-a3cb16a3b538}'/>"
          + "<EventID Qualifiers='32768'>7001</EventID><Version>0</Version><Level>4</Level>"
          + "<TimeCreated SystemTime='2026-11-29T08:15:02.1234567Z'/>"
          + "<EventRecordID>4711</EventRecordID><Correlation/>"
          + "<Execution ProcessID='1' ThreadID='2'/><Channel>System</Channel>"
          + "<Computer>HOST7</Computer><Security UserID='S-1-5-18'/></System>";

  @Test
  void namedDataIsFoundByItsName() throws Exception {
    EventLogRecord record =
        RecordXml.parse(
            HEAD
                + "<EventData><Data Name='TSId'>2</Data>"
                + "<Data Name='UserSid'>S-1-5-21-1-2-3-1001</Data></EventData></Event>");

    assertThat(record)
        .isEqualTo(
            new EventLogRecord(
                "System",
                "P",
                7001,
                4711,
                Instant.parse("2026-11-29T08:15:02.1234567Z"),
                Map.of("TSId", "2", "UserSid", "S-1-5-21-1-2-3-1001")));
    assertThat(record.find("TSId")).contains("2");
    assertThat(record.find("Address")).isEmpty();
  }

  @Test
  void unnamedDataIsFoundByItsPlace() throws Exception {
    EventLogRecord record =
        RecordXml.parse(
            HEAD
                + "<EventData><Data/><Data>second</Data><Data>third</Data>"
                + "<Binary>E607</Binary></EventData></Event>");

    assertThat(record.data()).isEqualTo(Map.of("2", "second", "3", "third", "Binary", "E607"));
  }

  @Test
  void userDataIsFoundByItsElements() throws Exception {
    EventLogRecord record =
        RecordXml.parse(
            HEAD
                + "<UserData><EventXML xmlns='Event_NS'><User>CONTOSO\\kim &amp; co</User>"
                + "<SessionID>3</SessionID><Address></Address></EventXML></UserData></Event>");

    assertThat(record.data()).isEqualTo(Map.of("User", "CONTOSO\\kim & co", "SessionID", "3"));
  }

  @Test
  void textOfAnEarlierElementIsNotTakenOver() throws Exception {
    EventLogRecord record =
        RecordXml.parse(HEAD + "<EventData> noise <Data Name='A'/></EventData></Event>");

    assertThat(record.data()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "<Event>",
        "<Event/>",
        "<Event><System><EventID>x</EventID></System></Event>",
        "<Event><System><TimeCreated SystemTime='yesterday'/></System></Event>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><Event>&a;</Event>"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> RecordXml.parse(text))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageStartingWith("a record of the event log");
  }
}
