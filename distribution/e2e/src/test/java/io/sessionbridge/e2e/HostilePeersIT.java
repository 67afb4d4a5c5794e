package io.sessionbridge.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.e2e.Bundle.Running;
import io.sessionbridge.testkit.HostilePeer;
import io.sessionbridge.testkit.HostilePeer.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped agent with its shipped heap, whose every sink but one has a peer that means it harm:
 * it lives, the good sink has everything, and the health says of each of the others why.
 */
class HostilePeersIT {

  private static final Pattern LISTENS = Pattern.compile("http: listening on (\\S+)");

  private static final byte[] LARGEST = {0x7F, -1, -1, -1};
  private static final byte[] LARGEST_PACKET = {0x20, -1, -1, -1, 0x7F};
  private static final byte[] LARGEST_DATA = "1 rsp 999999999 200 OK".getBytes(US_ASCII);

  /**
   * @param cause a regular expression of what the health says
   */
  private record Case(String id, String entry, HostilePeer.Behaviour peer, String cause) {}

  private static final String KAFKA =
      "type: kafka, bootstrap_servers: [\"127.0.0.1:%d\"], topic: t";
  private static final String MQTT = "type: mqtt, server: \"tcp://127.0.0.1:%d\"";
  private static final String RELP =
      "type: syslog, transport: relp, server: \"127.0.0.1:%d\", timeout: 5s";

  private static final List<Case> CASES =
      List.of(
          new Case("kafka-tls", KAFKA, Kind.TLS_ALERT, "speaks TLS: set tls: true"),
          new Case("kafka-http", KAFKA, Kind.HTTP, "speaks HTTP, not Kafka"),
          new Case("kafka-random", KAFKA, HostilePeer.random(1), "does not speak Kafka"),
          new Case("kafka-length", KAFKA, HostilePeer.says(LARGEST), "does not speak Kafka"),
          new Case("kafka-drip", KAFKA, Kind.DRIPS, "does not speak Kafka"),
          new Case("mqtt-tls", MQTT, Kind.TLS_ALERT, "answers CONNECT with an unexpected packet"),
          new Case("mqtt-http", MQTT, Kind.HTTP, "does not answer CONNECT within"),
          new Case("mqtt-random", MQTT, HostilePeer.random(1), "does not answer CONNECT within"),
          new Case(
              "mqtt-length",
              MQTT,
              HostilePeer.says(LARGEST_PACKET),
              "a packet of type 2 with 268435455 bytes"),
          new Case("mqtt-drip", MQTT, Kind.DRIPS, "answers CONNECT with an unexpected packet"),
          new Case("relp-tls", RELP, Kind.TLS_ALERT, "does not answer within 5 s"),
          new Case("relp-http", RELP, Kind.HTTP, "the receiver sends HTTP/1.1: is it RELP"),
          new Case("relp-random", RELP, HostilePeer.random(1), "the receiver sends"),
          new Case(
              "relp-length",
              RELP,
              HostilePeer.says(LARGEST_DATA),
              "the receiver's answer has 999999999 bytes"),
          new Case("relp-drip", RELP, Kind.DRIPS, "the receiver sends 111111111"));

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HostilePeer> peers = new ArrayList<>();

  @AfterEach
  void stopPeers() throws Exception {
    for (HostilePeer peer : peers) {
      peer.close();
    }
  }

  private Bundle bundle() throws Exception {
    List<String> yaml =
        new ArrayList<>(
            List.of(
                "data_dir: data",
                "http: {address: \"127.0.0.1:0\"}",
                "sources:",
                "  in: {type: replay, path: in.jsonl, follow: true}",
                "sinks:",
                "  out: {type: file, path: out.jsonl}"));
    for (Case one : CASES) {
      HostilePeer peer = new HostilePeer(one.peer());
      peers.add(peer);
      yaml.add("  " + one.id() + ": {" + one.entry().formatted(peer.port()) + "}");
    }
    Bundle bundle = new Bundle(folder);
    bundle.write("c.yaml", yaml.toArray(String[]::new));
    return bundle;
  }

  private boolean hasLines(int count) throws Exception {
    Path out = folder.resolve("out.jsonl");
    return Files.exists(out) && Lines.numbers(out).size() == count;
  }

  private String health(String address) throws Exception {
    URI uri = URI.create("http://" + address + "/health");
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static boolean says(String health, Case one) {
    Pattern cause =
        Pattern.compile(
            "\"id\":\""
                + one.id()
                + "\",\"status\":\"degraded\",\"message\":\"[^\"]*"
                + one.cause());
    return cause.matcher(health).find();
  }

  @Test
  void theAgentLivesAndNamesEachCause() throws Exception {
    Lines.write(folder.resolve("in.jsonl"), 1, 100);
    try (Running agent = bundle().start("run", "--config", "c.yaml")) {
      Await.until(() -> LISTENS.matcher(agent.err()).find());
      Matcher found = LISTENS.matcher(agent.err());
      assertThat(found.find()).isTrue();
      for (Case one : CASES) {
        Await.until(() -> says(health(found.group(1)), one));
      }
      Await.until(() -> hasLines(100));
      Lines.append(folder.resolve("in.jsonl"), 101, 200);
      Await.until(() -> hasLines(200));
      assertThat(agent.stop().exit()).isEqualTo(143);
    }
    assertThat(Lines.numbers(folder.resolve("out.jsonl"))).isEqualTo(Lines.upTo(200));
  }
}
