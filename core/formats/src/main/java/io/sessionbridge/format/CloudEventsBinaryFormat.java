package io.sessionbridge.format;

import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EncodedEvent.Attribute;
import io.sessionbridge.spi.EventFormat;
import java.util.AbstractList;
import java.util.List;

/**
 * Binary mode: the body is the data as stored in the journal, the attributes are separate. The
 * fastest format, because nothing is decoded.
 */
final class CloudEventsBinaryFormat implements EventFormat {

  @Override
  public String bodyBeginning() {
    return "{\"kind\":\"";
  }

  @Override
  public EncodedEvent encode(SessionEvent event) {
    return new EncodedEvent(
        event, event.json(), SessionEvent.DATA_CONTENT_TYPE, new Attributes(event));
  }

  /**
   * The attributes of one event. Each is created when it is read, so that a batch of events that
   * wait for acknowledgements does not hold them. Immutable.
   */
  private static final class Attributes extends AbstractList<Attribute> {

    private final SessionEvent event;
    private final List<CloudEventAttribute> present;

    private Attributes(SessionEvent event) {
      this.event = event;
      this.present = CloudEventAttribute.of(event);
    }

    @Override
    public Attribute get(int index) {
      CloudEventAttribute attribute = present.get(index);
      return new Attribute(attribute.wireName(), attribute.value(event));
    }

    @Override
    public int size() {
      return present.size();
    }
  }
}
