package io.sessionbridge.spi;

import io.sessionbridge.event.SessionEvent;
import java.util.List;

/**
 * An event with the bytes that a format made of it.
 *
 * @param event the event
 * @param body what goes on the wire, the whole array; not a copy, do not write into it. An array
 *     and not a slice of a larger one, because the clients of Kafka and MQTT take arrays: a slice
 *     would be copied at each of them, an array is not
 * @param contentType the media type of the body
 * @param attributes what stands beside the body where the transport has a place for it (Kafka
 *     headers {@code ce_<name>}, MQTT 5 user properties); empty if the body says everything
 * @param cuttable whether a sink with a size limit may drop the end of the body: a person reads on
 *     without it, a program would take less for the whole, or fail. The event is rejected if it is
 *     not cuttable and too large.
 */
@Stable
public record EncodedEvent(
    SessionEvent event,
    byte[] body,
    String contentType,
    List<Attribute> attributes,
    boolean cuttable) {

  /** A body that is cuttable if it is text by its content type. */
  public EncodedEvent(
      SessionEvent event, byte[] body, String contentType, List<Attribute> attributes) {
    this(event, body, contentType, attributes, contentType.startsWith("text/"));
  }

  /** A CloudEvents attribute, by its name in the specification. */
  public record Attribute(String name, String value) {}
}
