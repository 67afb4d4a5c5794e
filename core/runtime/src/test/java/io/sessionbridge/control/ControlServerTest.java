package io.sessionbridge.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.ControlConnection;
import io.sessionbridge.spi.ControlListener;
import io.sessionbridge.spi.ControlPeer;
import io.sessionbridge.spi.ControlTransport;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.supervision.Supervisor;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class ControlServerTest {

  private static final String HELLO = "{\"hello\":{\"protocol\":1}}\n";
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final UnixTransport unix = new UnixTransport();
  private final TestingAnswers agent = new TestingAnswers();
  private ControlServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private String address() {
    return folder.resolve("run/socket").toString();
  }

  private void start(ControlTransport transport) {
    server =
        new ControlServer(
            transport, List.of(address()), agent, "9.9", Clock.system(), new Supervisor());
    server.start();
  }

  private ControlClient client() throws IOException {
    return ControlClient.connect(unix, List.of(address()), "9.9");
  }

  /** A server that does not answer like an agent does not prove that no agent runs. */
  @Test
  void reportsNoAgentOnlyIfNothingListens() throws Exception {
    Path folderOfOthers = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(folderOfOthers, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path foreignSocket = folderOfOthers.resolve("socket");
    try (ServerSocketChannel foreignServer =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            .bind(UnixDomainSocketAddress.of(foreignSocket))) {
      assertThat(foreignServer.isOpen()).isTrue();
      List<String> addresses = List.of(address(), foreignSocket.toString());
      assertThatThrownBy(() -> ControlClient.connect(unix, addresses, "9.9"))
          .hasMessageContaining("is not trusted")
          .isInstanceOfSatisfying(
              ControlException.class, e -> assertThat(e.nobodyListens()).isFalse());
    }
  }

  @Test
  void showsEverythingToAdministrators() throws Exception {
    start(unix);
    try (ControlClient client = client()) {
      assertThat(client.isAdministrator()).isTrue();
      assertThat(client.agentVersion()).isEqualTo("9.9");
      assertThat(client.newerQuestions()).isEmpty();
      assertThat(client.state().toString())
          .isEqualTo(
              "{\"time\":\"2026-11-20T08:00:00.000000Z\",\"activity\":\"active\","
                  + "\"since\":\"2026-11-20T07:58:30.000000Z\",\"seconds\":90,"
                  + "\"basis\":\"presence\",\"locked\":false,\"nobody\":false,"
                  + "\"session_count\":2,\"sessions\":["
                  + session(2, "kim")
                  + ","
                  + session(3, "ann")
                  + "]}");
      assertThat(client.status().toString())
          .contains("\"message\":\"the broker k1 is away\"", "\"pending_events\":7", "\"ann\"")
          .contains("\"last_event\"");
    }
    assertThat(server.check()).isEqualTo(Health.up());
  }

  private static String session(int id, String user) {
    return "{\"session_id\":"
        + id
        + ",\"user_name\":\""
        + user
        + "\",\"user_domain\":\"CONTOSO\",\"locked\":false,\"connected\":true,"
        + "\"last_kind\":\"unlock\",\"last_time\":\"2026-11-20T08:00:00.000000Z\"}";
  }

  @Test
  void showsUsersTheMachineAndTheirOwnSession() throws Exception {
    start(new Demoted(unix, new ControlPeer("7", false, Optional.of("kim"), Optional.empty())));
    try (ControlClient client = client()) {
      assertThat(client.isAdministrator()).isFalse();
      assertThat(client.state().objects("sessions"))
          .singleElement()
          .extracting(own -> own.text("user_name"))
          .isEqualTo(Optional.of("kim"));
      assertThat(client.state().number("session_count")).hasValue(2L);
      assertThat(client.status().toString())
          .contains("\"sink\":\"lake\"", "\"status\":\"degraded\"")
          .doesNotContain("ann", "k1", "last_event");
      assertThatThrownBy(() -> client.tap(Optional.empty(), Set.of()))
          .isInstanceOf(ControlException.class)
          .hasMessageStartingWith("events are shown to administrators only");
    }
  }

  @Test
  void followsTheState() throws Exception {
    start(unix);
    try (ControlClient client = client()) {
      client.follow();
      assertThat(activity(client, SOON)).isEqualTo("active");
      server.changed(); // without a change of the state
      assertThat(client.nextState(Duration.ofMillis(200))).isEmpty();
      agent.activity = HostActivity.State.IDLE;
      server.changed();
      assertThat(activity(client, SOON)).isEqualTo("idle");
      server.close();
      assertThatThrownBy(() -> client.nextState(SOON))
          .isInstanceOf(ControlException.class)
          .hasMessage("the agent has closed the connection");
    }
  }

  private static String activity(ControlClient client, Duration atMost) throws IOException {
    return client.nextState(atMost).orElseThrow().text("activity").orElseThrow();
  }

  @Test
  void showsEvents() throws Exception {
    start(unix);
    try (ControlClient client = client()) {
      client.tap(Optional.empty(), Set.of("lock"));
      agent.happened(1);
      server.changed();
      assertThat(client.nextEvent(SOON).orElseThrow().object("event").number("n")).hasValue(1L);
    }
    try (ControlClient client = client()) {
      assertThatThrownBy(() -> client.tap(Optional.of("x"), Set.of()))
          .hasMessage("the agent has no sink x");
      assertThatThrownBy(() -> client.tap(Optional.empty(), Set.of("sneeze")))
          .hasMessage("agent 9.9 does not know the kind sneeze");
    }
  }

  @Test
  void twoHundredClientsThatNeverReadDelayNoOtherClient() throws Exception {
    start(unix);
    List<SocketChannel> unread = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address()));
        unread.add(channel);
        channel.configureBlocking(false);
        try {
          channel.write(UTF_8.encode(HELLO + "{\"ask\":\"tap\"}\n"));
        } catch (IOException rejected) {
          // the limit of connections is reached
        }
      }
      // One user may have half of the slots, so this user must close some first.
      assertThat(threads()).isLessThanOrEqualTo(33);
      for (int i = 0; i < 200_000; i++) {
        agent.happened(i);
      }
      server.changed();
      long before = System.nanoTime();
      assertThat(askUntilServed()).isEqualTo("active");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
      assertThat(server.check()).isEqualTo(Health.up());
    } finally {
      for (SocketChannel channel : unread) {
        channel.close();
      }
    }
  }

  /** Clients that do not read are disconnected after a while. */
  private String askUntilServed() throws Exception {
    while (true) {
      try (ControlClient client = client()) {
        return client.state().text("activity").orElseThrow();
      } catch (IOException busy) {
        Clock.system().signal().await(Duration.ofMillis(50));
      }
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("control"))
        .count();
  }

  @Test
  void disconnectsASilentClient() throws Exception {
    start(unix);
    try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(address()))) {
      long before = System.nanoTime();
      assertThat(silent.read(ByteBuffer.allocate(10))).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(10));
    }
  }

  @Test
  void disconnectsAClientThatSendsWhileItFollows() throws Exception {
    start(unix);
    assertThat(talk(HELLO + "{\"ask\":\"wait\"}\nmore\n"))
        .endsWith(
            "{\"error\":\"malformed\",\"message\":\"no question is allowed after wait and tap\"}");
    assertThat(talk(HELLO + "{\"ask\":\"tap\"}\nmore\n")).contains("no question is allowed");
  }

  /** As over a pipe, which identifies its client only after a read. */
  @Test
  void disconnectsAnUnidentifiedSilentClientSooner() throws Exception {
    Demoted late =
        new Demoted(unix, new ControlPeer("7", false, Optional.of("kim"), Optional.empty()), true);
    start(late);
    try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(address()))) {
      long before = System.nanoTime();
      assertThat(silent.read(ByteBuffer.allocate(10))).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1_500));
    }
    try (ControlClient client = client()) {
      assertThat(client.state().text("activity")).hasValue("active");
    }
  }

  @Test
  void explainsMalformedQuestions() throws Exception {
    start(unix);
    assertThat(talk("GET / HTTP/1.1\r\n\r\n")).startsWith("{\"error\":\"malformed\"");
    assertThat(talk("x".repeat(10_000)))
        .isEqualTo(
            "{\"error\":\"malformed\",\"message\":\"a line must not be longer than 4096 bytes\"}");
    assertThat(talk("{\"ask\":\"state\"}\n")).contains("the first line must be");
    assertThat(talk("{\"hello\":{\"protocol\":0}}\n"))
        .contains(
            "{\"error\":\"protocol\",\"message\":\"this agent speaks protocol 1 and later\"}");
    assertThat(talk(HELLO + "{\"ask\":\"run\",\"command\":\"calc\"}\n"))
        .endsWith(
            "{\"error\":\"unknown_question\",\"message\":\"agent 9.9 does not know the question run;"
                + " it knows state, wait, status, tap\"}");
    assertThat(talk(HELLO + "[".repeat(1_000) + "\n")).contains("\"error\":\"malformed\"");
  }

  private String talk(String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(address()))) {
      channel.write(UTF_8.encode(text));
      channel.shutdownOutput();
      Scanner answers = new Scanner(Channels.newReader(channel, UTF_8)).useDelimiter("\\A");
      return answers.hasNext() ? answers.next().strip() : "";
    }
  }

  @Test
  void replacesTheSocketOfAKilledAgent() throws Exception {
    Files.createDirectories(folder.resolve("run"));
    try (var killed =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(address()));
    }
    assertThat(folder.resolve("run/socket")).exists();
    start(unix);
    assertThat(client().state().text("activity")).hasValue("active");
    server.close();
    assertThat(folder.resolve("run/socket")).doesNotExist();
    assertThatThrownBy(this::client)
        .hasMessage("no agent listens at " + address())
        .isInstanceOfSatisfying(
            ControlException.class, e -> assertThat(e.nobodyListens()).isTrue());
  }

  @Test
  void refusesPathsThatAreNotItsOwn() throws Exception {
    start(unix);
    assertThatThrownBy(() -> unix.listen(address()))
        .hasMessageStartingWith("another program listens at ");
    Path shared = Files.createDirectory(folder.resolve("shared"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> unix.listen(shared + "/socket"))
        .hasMessage(
            "others can write into the folder "
                + shared
                + " and could put another socket there: name a folder that only the agent's user"
                + " can write, such as /run/sessionbridge/control");
    assertThat(UnixTransport.obstacle(shared + "/socket"))
        .hasValueSatisfying(why -> assertThat(why).startsWith("others can write into the folder"));
    assertThat(UnixTransport.obstacle(address())).isEmpty();
    Path file = Files.writeString(folder.resolve("run/file"), "mine");
    assertThatThrownBy(() -> unix.listen(file.toString()))
        .hasMessage(file + " exists and is not a socket: move it away");
    assertThat(file).hasContent("mine");
    Path fifo = folder.resolve("run/fifo"); // which Java calls "other", like a device
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> unix.listen(fifo.toString()))
        .hasMessage(fifo + " exists and is not a socket: move it away");
    assertThat(fifo).exists();
    assertThatThrownBy(() -> unix.listen("/tmp/" + "x".repeat(103)))
        .hasMessageContaining("must not be longer than 107 bytes");
    assertThat(unix.problem("socket")).isPresent();
    assertThat(unix.problem("/run/sessionbridge/control")).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder.resolve("run")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void clientsTrustNoSocketInAFolderThatOthersCanWrite() throws Exception {
    start(unix);
    for (String open : List.of("rwxrwx---", "rwx----wx")) {
      Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString(open));
      assertThatThrownBy(this::client)
          .hasMessage(
              address()
                  + " is not trusted: others can write into the folder "
                  + folder.resolve("run"));
    }
    Files.setPosixFilePermissions(
        folder.resolve("run"), PosixFilePermissions.fromString("rwxr-x---"));
    client().close();
  }

  private static final class Defective implements ControlTransport {
    @Override
    public List<String> defaultAddresses(Path dataDir) {
      return List.of();
    }

    @Override
    public Optional<String> problem(String address) {
      return Optional.empty();
    }

    @Override
    public ControlListener listen(String address) {
      throw new IllegalStateException("a defect");
    }

    @Override
    public ControlConnection connect(String address, Duration atMost) {
      throw new IllegalStateException("a defect");
    }
  }

  @Test
  void aDefectiveTransportDegradesTheHealthOnly() {
    start(new Defective());
    assertThat(server.check().detail()).contains("a defect");
  }

  @Test
  void failsOnAClosedConnectionAndOnAPeerThatDoesNotRead() throws Exception {
    start(unix);
    ControlConnection connection = unix.connect(address(), SOON);
    connection.close();
    assertThatThrownBy(() -> connection.read(ByteBuffer.allocate(9), SOON))
        .isInstanceOf(ClosedChannelException.class);
    try (ControlListener other = unix.listen(folder + "/other/socket");
        ControlConnection unread = unix.connect(other.address(), SOON)) {
      assertThatThrownBy(() -> unread.write(ByteBuffer.allocate(8 << 20), Duration.ofMillis(100)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(ControlException.class)
          .hasMessage("the peer does not read");
    }
  }

  /** The select and the close race in any order. */
  @Test
  void closingEndsAPendingRead() throws Exception {
    start(unix);
    for (int i = 0; i < 200; i++) {
      ControlConnection connection = unix.connect(address(), SOON);
      CompletableFuture<Throwable> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  while (connection.read(ByteBuffer.allocate(9), SOON) >= 0) {
                    // until it is closed
                  }
                  return new IOException("the end");
                } catch (Exception e) {
                  return e;
                }
              });
      connection.close();
      assertThat(reading.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
  }
}
