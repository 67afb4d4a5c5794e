package io.sessionbridge.windows.com;

import io.sessionbridge.windows.Guid;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A subscription in the event system.
 *
 * @param id in braces; the same at every start, so that a leftover from a crash is found
 * @param name shown in the list of subscriptions
 * @param perUser whether events arrive only while the subscribing user is logged on
 */
record Subscription(String id, String name, boolean perUser) {

  /**
   * The subscription of one interface.
   *
   * @param owner distinguishes the subscribers of a machine
   */
  static Subscription of(SensInterface type, String owner, boolean perUser) {
    byte[] named =
        ("sessionbridge/" + owner + "/" + type.comName()).getBytes(StandardCharsets.UTF_8);
    return new Subscription(
        new Guid(UUID.nameUUIDFromBytes(named)).toString(),
        "SessionBridge " + type.comName(),
        perUser);
  }
}
