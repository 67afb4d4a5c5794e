package io.sessionbridge.spi;

import io.sessionbridge.event.SessionEvent;
import java.util.List;

/**
 * An event with the bytes that a format made of it.
 *
 * @param event the event
 * @param body what goes on the wire; not a copy, do not write into it
 * @param contentType the media type of the body
 * @param attributes what stands beside the body where the transport has a place for it (Kafka
 *     headers {@code ce_<name>}, MQTT 5 user properties); empty if the body says everything
 */
public record EncodedEvent(
    SessionEvent event, byte[] body, String contentType, List<Attribute> attributes) {

  /** A CloudEvents attribute, by its name in the specification. */
  public record Attribute(String name, String value) {}
}
