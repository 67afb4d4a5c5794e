package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.spi.Host;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The head of RFC 3164, section 4.1:
 *
 * <pre>
 * &lt;PRI&gt;Mmm dd hh:mm:ss HOSTNAME TAG:
 *      |               |        +- sessionbridge
 *      |               +- the host that the event is about, without its domain
 *      +- when it happened, in the host's local time
 * </pre>
 *
 * A text that begins with its own tag, such as {@code CEF:0|}, gets no other, because CEF receivers
 * expect it there.
 */
final class Rfc3164 implements MessageHead {

  private static final String TAG = " sessionbridge:";

  /** At most 32 letters and digits, ended by another character. */
  private static final Pattern OWN_TAG = Pattern.compile("[A-Za-z0-9]{1,32}:.*");

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

  private final Facility facility;
  private final Host host;
  private final String tag;

  /**
   * @param bodyBeginning the beginning of every text, if known
   */
  Rfc3164(Facility facility, Host host, String bodyBeginning) {
    this.facility = facility;
    this.host = host;
    this.tag = OWN_TAG.matcher(bodyBeginning).matches() ? "" : TAG;
  }

  @Override
  public void append(SessionEvent event, StringBuilder to) {
    to.append('<').append(facility.priority(event.kind().severity())).append('>');
    TIME.formatTo(event.time().atOffset(offset(event)), to);
    to.append(' ').append(HeaderText.hostName(host(event)));
    to.append(tag);
  }

  /** Removes the domain, which an imported line may have in its {@code host_name}. */
  private static String host(SessionEvent event) {
    String name = event.text(Field.HOST_NAME).orElse("");
    int point = name.indexOf('.');
    return point < 1 || IPV4.matcher(name).matches() ? name : name.substring(0, point);
  }

  /** The offset of the host that the event is about, if known; else that of this host. */
  private ZoneOffset offset(SessionEvent event) {
    try {
      return event
          .text(Field.LOCAL_OFFSET)
          .map(ZoneOffset::of)
          .orElseGet(() -> host.localOffset(event.time()));
    } catch (DateTimeException e) {
      return host.localOffset(event.time()); // a replayed line may contain anything
    }
  }
}
