package io.sessionbridge.windows.eventlog;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Parses the XML of a record, as {@code EvtRender} writes it. Used once. */
final class RecordXml {

  private static final XMLInputFactory FACTORY = factory();

  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, String> data = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private String channel = "";
  private String provider = "";
  private int id = -1;
  private long number = -1;
  private @Nullable Instant time;
  private @Nullable String name;
  private int unnamed;

  private RecordXml() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * Parses one {@code Event} element.
   *
   * @throws RecordFormatException if it is malformed, or has no id, number or time
   */
  static EventLogRecord parse(String xml) throws RecordFormatException {
    try {
      RecordXml record = new RecordXml();
      record.read(FACTORY.createXMLStreamReader(new StringReader(xml)));
      return record.whole();
    } catch (XMLStreamException | NumberFormatException | DateTimeException e) {
      throw new RecordFormatException("a record of the event log cannot be read: " + reason(e));
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse("");
  }

  private void read(XMLStreamReader in) throws XMLStreamException {
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(in);
        case XMLStreamConstants.CHARACTERS -> text.append(in.getText());
        case XMLStreamConstants.END_ELEMENT -> end();
        default -> {
          // comments and the like
        }
      }
    }
  }

  private void start(XMLStreamReader in) {
    String element = in.getLocalName();
    text.setLength(0);
    if (isIn("System")) {
      switch (element) {
        case "Provider" -> provider = orEmpty(in.getAttributeValue(null, "Name"));
        case "TimeCreated" ->
            time = Instant.parse(orEmpty(in.getAttributeValue(null, "SystemTime")));
        default -> {
          // read at its end, or ignored
        }
      }
    } else if (isIn("EventData")) {
      name = in.getAttributeValue(null, "Name");
      if (name == null && element.equals("Data")) {
        unnamed++;
        name = Integer.toString(unnamed);
      } else if (name == null) {
        name = element; // Binary
      }
    } else if (path.contains("UserData")) {
      name = element;
    }
    path.push(element);
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Whether the current element is directly below that child of {@code Event}. */
  private boolean isIn(String parent) {
    return path.size() == 2 && parent.equals(path.peek());
  }

  private void end() {
    String element = path.pop();
    String value = text.toString().strip();
    text.setLength(0);
    if (isIn("System")) {
      switch (element) {
        case "EventID" -> id = Integer.parseInt(value);
        case "EventRecordID" -> number = Long.parseLong(value);
        case "Channel" -> channel = value;
        default -> {
          // ignored
        }
      }
    } else if (name != null && !value.isEmpty()) {
      data.putIfAbsent(name, value);
    }
    name = null;
  }

  private EventLogRecord whole() throws RecordFormatException {
    if (id < 0 || number < 0 || time == null) {
      throw new RecordFormatException("a record of the event log has no id, number or time");
    }
    return new EventLogRecord(channel, provider, id, number, time, data);
  }
}
