package io.sessionbridge.windows.com;

import io.sessionbridge.windows.Guid;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What the event system is asked to store.
 *
 * @param id in braces; the same at every start, so that what a crash left behind is found
 * @param name for those who look at the list of subscriptions
 * @param perUser whether events come only while the user who subscribes is logged on
 */
record Subscription(String id, String name, boolean perUser) {

  /**
   * The subscription of one interface.
   *
   * @param owner tells the subscribers of a machine apart
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
