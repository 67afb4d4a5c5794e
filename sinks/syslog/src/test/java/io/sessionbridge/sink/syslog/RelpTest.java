package io.sessionbridge.sink.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.tcp.Dialer;
import io.sessionbridge.tcp.NameService;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSinkContext;
import io.sessionbridge.text.UntrustedText;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers of a RELP receiver. */
@Timeout(60)
class RelpTest {

  @TempDir Path folder;
  private final TestingEvents events = new TestingEvents("sentence");
  private TestingReceiver receiver;
  private SyslogSink sink;

  @BeforeEach
  void start() throws Exception {
    receiver = TestingReceiver.plain(TestingReceiver.Protocol.RELP);
    sink =
        new SyslogSink(
            new TestingSinkContext(Clock.system(), folder),
            TestingConfig.read(
                SyslogSinkConfig.SPEC,
                "{server: \"localhost:" + receiver.port() + "\", transport: relp, timeout: 1s}"));
  }

  @AfterEach
  void stop() throws Exception {
    sink.close();
    receiver.close();
  }

  private String server() {
    return "localhost:" + receiver.port();
  }

  /** Each group of answers is shuffled; the last group may never be full. */
  private static TestingReceiver.Answering shuffled(int group, int messages) {
    Random random = new Random(42);
    List<String> held = new ArrayList<>();
    return (number, transaction, message) -> {
      held.add(TestingReceiver.ok(transaction));
      if (held.size() < group && number != messages - 1) {
        return List.of();
      }
      List<String> answers = new ArrayList<>(held);
      held.clear();
      Collections.shuffle(answers, random);
      return answers;
    };
  }

  /** A forged log line, an escape sequence, and a hundred kilobytes. */
  @Test
  void answersOfTheReceiverAreSanitized() throws Exception {
    String said = "450 busy\n2026-11-20 ERROR forged \u001B[2J\u009B2J " + "x".repeat(100_000);
    receiver.answerWith(
        (number, transaction, message) -> List.of(TestingReceiver.answer(transaction, said)));
    sink.connect();
    DeliveryResult result = sink.deliver(events.next(1));
    String message = result.retry().orElseThrow().message();
    assertThat(message)
        .startsWith(server() + " refuses messages for now: 450 busy 2026-11-20 ERROR forged ")
        .endsWith("x [cut]")
        .hasSizeLessThan(600);
    assertThat(message.codePoints().noneMatch(UntrustedText::isUnsafe)).isTrue();
    assertThat(sink.check()).isEqualTo(Health.degraded(message));
  }

  @Test
  void answersOutOfOrder() throws Exception {
    receiver.answerWith(shuffled(50, 1010));
    List<EncodedEvent> all = events.next(1010);
    sink.connect();
    assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(1010));
    assertThat(receiver.awaitIds(1010)).isEqualTo(TestingEvents.ids(all));
  }

  @Test
  void onlyWhatIsContiguousIsSettled() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            number == 4 ? List.of() : List.of(TestingReceiver.ok(transaction)));
    List<EncodedEvent> all = events.next(10);
    sink.connect();
    String why = "lost the connection to " + server() + ": no answer within 1000 ms";
    assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.failed(4, List.of(), why));
    assertThat(sink.check()).isEqualTo(Health.degraded(why));
    receiver.answerWith(TestingReceiver.YES);
    sink.connect();
    assertThat(sink.deliver(all.subList(4, 10))).isEqualTo(DeliveryResult.delivered(6));
    assertThat(sink.check().isUp()).isTrue();
    assertThat(new ArrayList<>(new LinkedHashSet<>(receiver.awaitIds(16))))
        .isEqualTo(TestingEvents.ids(all));
  }

  /** Answers of a previous session, to later messages, and duplicates. */
  @Test
  void unexpectedAnswers() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                TestingReceiver.ok(transaction),
                TestingReceiver.answer(transaction, "500 said twice"),
                TestingReceiver.ok(transaction + 700),
                TestingReceiver.ok(999_999_999),
                TestingReceiver.ok(1)));
    List<EncodedEvent> all = events.next(600);
    sink.connect();
    assertThat(sink.deliver(all)).isEqualTo(DeliveryResult.delivered(600));
    assertThat(sink.deliver(events.next(1))).isEqualTo(DeliveryResult.delivered(1));
  }

  @Test
  void messageThatIsRefusedAloneIsADeadLetter() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                number == 2 || number == 3
                    ? TestingReceiver.answer(transaction, "500 I do not like it")
                    : TestingReceiver.ok(transaction)));
    sink.connect();
    String reason = "the receiver refuses it: 500 I do not like it";
    assertThat(sink.deliver(events.next(6)))
        .isEqualTo(
            DeliveryResult.settled(6, List.of(new Rejection(2, reason), new Rejection(3, reason))));
    assertThat(sink.check().isUp()).isTrue();
  }

  @Test
  void receiverThatRefusesAllIsUnavailable() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                number < 3
                    ? TestingReceiver.ok(transaction)
                    : TestingReceiver.answer(transaction, "500 no")));
    List<EncodedEvent> all = events.next(1000);
    sink.connect();
    assertThat(sink.deliver(all))
        .isEqualTo(
            DeliveryResult.unavailable(
                3, List.of(), server() + " refuses messages for now: 500 no"));
    assertThat(receiver.await(0)).as("stops soon").hasSizeLessThan(300);
    receiver.answerWith(TestingReceiver.YES);
    sink.connect();
    assertThat(sink.deliver(all.subList(3, 1000))).isEqualTo(DeliveryResult.delivered(997));
  }

  @Test
  void fullReceiverIsWaitedFor() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                number == 2
                    ? TestingReceiver.answer(transaction, "500 SERVER FULL")
                    : TestingReceiver.ok(transaction)));
    sink.connect();
    assertThat(sink.deliver(events.next(6)))
        .isEqualTo(
            DeliveryResult.unavailable(
                2, List.of(), server() + " refuses messages for now: 500 SERVER FULL"));
  }

  @Test
  void refusedLastMessageIsSentAgainWithANeighbour() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                message.contains(" 7h3jk2-2 ")
                    ? TestingReceiver.answer(transaction, "500 no")
                    : TestingReceiver.ok(transaction)));
    List<EncodedEvent> all = events.next(3);
    sink.connect();
    DeliveryResult alone = sink.deliver(all.subList(0, 2));
    assertThat(alone.settled()).isEqualTo(1);
    assertThat(alone.retry()).isPresent();
    sink.connect();
    DeliveryResult withNeighbour = sink.deliver(all.subList(1, 3));
    assertThat(withNeighbour.settled()).isEqualTo(2);
    assertThat(withNeighbour.rejected())
        .containsExactly(new Rejection(0, "the receiver refuses it: 500 no"));
  }

  @Test
  void serverCloseEndsTheSession() throws Exception {
    receiver.answerWith(
        (number, transaction, message) ->
            number == 1 ? List.of("0 serverclose 0") : List.of(TestingReceiver.ok(transaction)));
    sink.connect();
    assertThat(sink.deliver(events.next(2)))
        .isEqualTo(
            DeliveryResult.failed(
                1,
                List.of(),
                "lost the connection to " + server() + ": the receiver closed the session"));
  }

  @Test
  void serverCloseIsNoticedWhileThereIsNothingToSend() throws Exception {
    sink.connect();
    sink.probe();
    receiver.say("77 rsp 6 200 OK");
    sink.probe();
    receiver.say("0 serverclose 0");
    assertThatThrownBy(
            () -> {
              while (true) {
                sink.probe();
              }
            })
        .isInstanceOf(DeliveryException.class)
        .hasMessage("lost the connection to " + server() + ": the receiver closed the session");
    assertThat(sink.check())
        .isEqualTo(
            Health.degraded(
                "lost the connection to " + server() + ": the receiver closed the session"));
    sink.connect();
    assertThat(sink.deliver(events.next(3))).isEqualTo(DeliveryResult.delivered(3));
  }

  @Test
  void wrapsAroundAfterTheLastTransaction() throws Exception {
    receiver.expectTransaction(999_999_900);
    receiver.answerWith(shuffled(50, 300));
    SyslogSinkConfig config =
        TestingConfig.read(
            SyslogSinkConfig.SPEC,
            "{server: \"localhost:" + receiver.port() + "\", transport: relp, timeout: 1s}");
    MessageEncoder encoder = encoder(config);
    List<byte[]> messages = new ArrayList<>();
    for (EncodedEvent event : events.next(300)) {
      messages.add(encoder.encode(event));
    }
    try (SyslogConnection connection =
        SyslogConnection.open(config, new Dialer(NameService.SYSTEM), Clock.system(), 0)) {
      RelpSession session = RelpSession.open(config.server(), connection, 999_999_899);
      assertThat(session.send(messages.subList(0, 50))).isEqualTo(SendResult.all(50));
      assertThat(session.send(messages.subList(50, 300))).isEqualTo(SendResult.all(250));
      session.close();
    }
    receiver.awaitClosedInOrder(1);
    assertThat(receiver.errors()).isEmpty();
  }

  /** A window of the longest messages would be 128 MiB in one write. */
  @Test
  void longMessagesAreNotCollectedInMemory() throws Exception {
    SyslogSinkConfig config =
        TestingConfig.read(
            SyslogSinkConfig.SPEC,
            "{server: \"localhost:" + receiver.port() + "\", transport: relp, timeout: 30s}");
    byte[] small = encoder(config).encode(events.next(1).get(0));
    byte[] message = (new String(small, UTF_8) + "x".repeat(256 << 10)).getBytes(UTF_8);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (SyslogConnection connection =
        SyslogConnection.open(config, new Dialer(NameService.SYSTEM), Clock.system(), 0)) {
      RelpSession session = RelpSession.open(config.server(), connection);
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThat(session.send(Collections.nCopies(128, message))).isEqualTo(SendResult.all(128));
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
      session.close();
    }
    assertThat(receiver.errors()).isEmpty();
  }

  @Test
  void receiverThatRefusesTheSession() {
    receiver.offer("500 not you");
    assertThatThrownBy(sink::connect)
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "RELP session with "
                + server()
                + " failed: "
                + server()
                + " refuses the RELP session: 500 not you");
    receiver.offer("200 OK\nrelp_version=0\ncommands=eventlog,mail");
    assertThatThrownBy(sink::connect)
        .hasMessage(
            "RELP session with "
                + server()
                + " failed: "
                + server()
                + " does not accept syslog over RELP, but commands=eventlog,mail");
  }

  @Test
  void receiverNeedNotListItsCommands() {
    receiver.answerWith(TestingReceiver.YES);
    receiver.offer("200 OK\nrelp_version=0");
    assertThat(connects()).as("commands are optional").isTrue();
  }

  private boolean connects() {
    try {
      sink.connect();
      return true;
    } catch (DeliveryException | InterruptedException e) {
      return false;
    }
  }

  @Test
  void garbageIsNoAnswer() throws Exception {
    for (String garbage :
        List.of("220 mail.example ESMTP", "x rsp 6 200 OK", "2 rsp 6 200 OKAY", "2 rsp 999999 x")) {
      receiver.clear();
      receiver.answerWith((number, transaction, message) -> List.of(garbage));
      sink.connect();
      DeliveryResult result = sink.deliver(events.next(1));
      assertThat(result.settled()).isZero();
      assertThat(result.retry().orElseThrow().message())
          .as(garbage)
          .matches(
              "lost the connection to localhost:\\d+: "
                  + "(the receiver('s answer has|'s answer does| sends).*is it"
                  + " RELP\\?|no answer.*)");
    }
  }

  private static MessageEncoder encoder(SyslogSinkConfig config) {
    return MessageEncoder.of(config, new TestingSinkContext(Clock.system(), Path.of("unused")));
  }
}
