package io.sessionbridge.fleet;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a broker has counted since its start, on the listener of the agents.
 *
 * @param atMillis when, by the wall clock
 * @param connections that are open
 * @param created connections that were accepted
 * @param bytesIn on the wire, from agents
 * @param bytesOut on the wire, to agents
 * @param storedBytes of the topic's record batches, as they came and as they are stored
 * @param records of the topic
 * @param produces requests that carry records
 * @param requests of every other kind, on every listener, but those that carry or fetch records
 */
record BrokerFigures(
    long atMillis,
    long connections,
    long created,
    long bytesIn,
    long bytesOut,
    long storedBytes,
    long records,
    long produces,
    long requests) {

  static final String LISTENER = "AGENTS";

  static final BrokerFigures NONE = new BrokerFigures(0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static final String SOCKETS =
      "kafka.server:type=socket-server-metrics,listener=" + LISTENER + ",networkProcessor=*";
  private static final String TOPIC =
      "kafka.server:type=BrokerTopicMetrics,topic=" + FleetOptions.TOPIC + ",name=";
  private static final String REQUESTS = "kafka.network:type=RequestMetrics,name=RequestsPerSec,";

  /**
   * What this process has counted.
   *
   * @throws JMException if a bean that was found has gone before it was asked
   */
  static BrokerFigures read() throws JMException {
    long produces = sum(REQUESTS + "request=Produce,*", "Count");
    // Kafka counts each of these twice: as Fetch, and by who fetches.
    long fetches = 0;
    for (String name : List.of("Fetch", "FetchConsumer", "FetchFollower")) {
      fetches += sum(REQUESTS + "request=" + name + ",*", "Count");
    }
    return new BrokerFigures(
        System.currentTimeMillis(),
        sum(SOCKETS, "connection-count"),
        sum(SOCKETS, "connection-creation-total"),
        sum(SOCKETS, "incoming-byte-total"),
        sum(SOCKETS, "outgoing-byte-total"),
        sum(TOPIC + "BytesInPerSec", "Count"),
        sum(TOPIC + "MessagesInPerSec", "Count"),
        produces,
        sum(REQUESTS + "*", "Count") - produces - fetches);
  }

  private static long sum(String pattern, String attribute) throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long sum = 0;
    for (ObjectName name : beans.queryNames(new ObjectName(pattern), null)) {
      sum += ((Number) beans.getAttribute(name, attribute)).longValue();
    }
    return sum;
  }

  String text() {
    return numbers().mapToObj(Long::toString).collect(Collectors.joining(" "));
  }

  private LongStream numbers() {
    return LongStream.of(
        atMillis,
        connections,
        created,
        bytesIn,
        bytesOut,
        storedBytes,
        records,
        produces,
        requests);
  }

  static BrokerFigures parse(String text) {
    return of(Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray());
  }

  private static BrokerFigures of(long[] n) {
    return new BrokerFigures(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  }

  /** What came since; the time and the open connections are those of now. */
  BrokerFigures since(BrokerFigures before) {
    long[] now = numbers().toArray();
    long[] then = before.numbers().toArray();
    for (int i = 2; i < now.length; i++) {
      now[i] -= then[i];
    }
    return of(now);
  }

  /** Those of two brokers. */
  BrokerFigures beside(BrokerFigures other) {
    long[] sum = numbers().toArray();
    long[] more = other.numbers().toArray();
    sum[0] = Math.max(sum[0], more[0]);
    for (int i = 1; i < sum.length; i++) {
      sum[i] += more[i];
    }
    return of(sum);
  }

  /** Both together. */
  BrokerFigures plus(BrokerFigures more) {
    long[] sum = numbers().toArray();
    long[] other = more.numbers().toArray();
    for (int i = 2; i < sum.length; i++) {
      sum[i] += other[i];
    }
    sum[0] = other[0];
    sum[1] = Math.max(sum[1], other[1]);
    return of(sum);
  }
}
