package io.sessionbridge.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Makes the headers with one name, and keeps those of a few values. Most attributes of an event are
 * strings that another event just had: the same object, which is the only thing that is compared.
 * Records share a kept header; nothing changes it.
 *
 * <p>For one thread.
 */
final class RecentHeaders {

  /** A power of two. */
  private static final int PLACES = 8;

  /** An attribute with so many new values in a row has a new one in each event. */
  private static final int ALWAYS_NEW = 64;

  private final String attribute;
  private final String name;
  private final @Nullable String[] values = new @Nullable String[PLACES];
  private final @Nullable Header[] headers = new @Nullable Header[PLACES];
  private int next;
  private int misses;

  /**
   * @param name of the header for the attribute
   */
  RecentHeaders(String attribute, String name) {
    this.attribute = attribute;
    this.name = name;
  }

  /** Whether they are of this attribute; false if an equal name is in another object. */
  @SuppressWarnings("ReferenceEquality")
  boolean isOf(String other) {
    return attribute == other;
  }

  @SuppressWarnings("ReferenceEquality") // an equal text in another object is only encoded again
  Header of(String value) {
    if (misses == ALWAYS_NEW) {
      return header(value);
    }
    for (int i = 0; i < PLACES; i++) {
      Header kept = headers[i];
      if (value == values[i] && kept != null) {
        misses = 0;
        return kept;
      }
    }
    Header made = header(value);
    int place = next++ & PLACES - 1;
    values[place] = value;
    headers[place] = made;
    misses++;
    return made;
  }

  private Header header(String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }
}
