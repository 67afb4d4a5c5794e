package io.sessionbridge.sink.mqtt.paho;

import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.Publication;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link that uses a Paho client of either version.
 *
 * @param client used for this link only
 */
record PahoLink(Client client, PahoConnection<?> connection, Limits limits) implements Link {

  private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);

  /** The operations of the clients of both versions, which share no type. */
  interface Client {
    void publish(Publication publication, PublishCallback callback) throws LinkException;

    void disconnect(Duration atMost) throws LinkException;

    void close() throws LinkException;

    /** Ends the threads of a client that does not notice the end of its connection. */
    void endThreads() throws LinkException;
  }

  @Override
  public void publish(Publication publication, PublishCallback callback) throws LinkException {
    client.publish(publication, callback);
  }

  @Override
  public void disconnect(Duration atMost) {
    connection.expectEnd();
    try {
      client.disconnect(atMost);
      connection.ended();
    } catch (LinkException e) {
      LOG.debug("disconnect", e);
    }
    abort();
  }

  @Override
  public void abort() {
    connection.abort();
    try {
      client.close();
    } catch (LinkException e) {
      LOG.debug("close", e);
    }
  }
}
