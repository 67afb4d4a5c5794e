package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.event.SessionEvent;
import java.util.Optional;

/**
 * The head of RFC 5424, section 6:
 *
 * <pre>
 * &lt;PRI&gt;1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA
 *      |         |         |       |     |
 *      |         |         |       |     +- the kind
 *      |         |         |       +- the id of the event, which identifies duplicates
 *      |         |         +- sessionbridge
 *      |         +- the host that the event is about
 *      +- when it happened, UTC, microseconds
 * </pre>
 */
final class Rfc5424 implements MessageHead {

  private static final String APP_NAME = "sessionbridge";

  private final Facility facility;
  private final StructuredData structuredData;

  Rfc5424(Facility facility, StructuredData structuredData) {
    this.facility = facility;
    this.structuredData = structuredData;
  }

  @Override
  public void append(SessionEvent event, StringBuilder head) {
    head.append('<').append(facility.priority(event.kind().severity())).append(">1 ");
    head.append(Rfc3339.format(event.time())).append(' ');
    Optional<String> host = event.text(Field.HOST_FQDN).or(() -> event.text(Field.HOST_NAME));
    head.append(HeaderText.hostName(host.orElse(""))).append(' ');
    head.append(APP_NAME).append(' ');
    head.append(HeaderText.processId(event.id())).append(' ');
    head.append(HeaderText.messageId(event.kind().wireName())).append(' ');
    structuredData.append(event, head);
  }
}
