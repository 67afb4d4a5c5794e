package io.sessionbridge.spi;

import io.sessionbridge.event.SessionEvent;
import java.util.List;

/**
 * An event with its encoding in a format.
 *
 * @param event the event
 * @param body what goes on the wire; not a copy, do not modify it. It is a whole array because the
 *     Kafka and MQTT clients accept arrays; a slice would have to be copied for each of them
 * @param contentType the media type of the body
 * @param attributes metadata outside the body, for transports that carry it (Kafka headers {@code
 *     ce_<name>}, MQTT 5 user properties); empty if the body contains everything
 * @param cuttable whether a sink with a size limit may truncate the body. A person can read
 *     truncated text; a program would fail on it or take it for complete. An event that is too
 *     large and not cuttable is rejected.
 */
@Stable
public record EncodedEvent(
    SessionEvent event,
    byte[] body,
    String contentType,
    List<Attribute> attributes,
    boolean cuttable) {

  /** The body is cuttable if its content type is text. */
  public EncodedEvent(
      SessionEvent event, byte[] body, String contentType, List<Attribute> attributes) {
    this(event, body, contentType, attributes, contentType.startsWith("text/"));
  }

  /** A CloudEvents attribute, by its name in the specification. */
  public record Attribute(String name, String value) {}
}
