package io.sessionbridge.windows.pipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.WINDOWS)
@Timeout(60)
@SuppressWarnings("try")
class PipeTest {

  private static final String NAME =
      "\\\\.\\pipe\\ProtectedPrefix\\Administrators\\SessionBridge\\test";
  private static final Duration SOON = Duration.ofSeconds(10);

  private PipeServer server;

  /** What counts leaks. */
  interface Handles extends StdCallLibrary {
    Handles INSTANCE = Native.load("kernel32", Handles.class);

    boolean GetProcessHandleCount(Pointer process, IntByReference count);
  }

  @BeforeEach
  void start() throws Exception {
    server = new PipeServer(NAME, 2);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static PipeEnd open() throws IOException {
    return PipeClient.open(NAME, SOON);
  }

  private static void write(PipeEnd end, String text) throws IOException {
    end.write(UTF_8.encode(text), SOON);
  }

  private static String read(PipeEnd end) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(100);
    int count = end.read(buffer, SOON);
    return count < 0 ? "end" : UTF_8.decode(buffer.flip()).toString();
  }

  @Test
  void carriesDataBothWaysAndIdentifiesTheClient() throws Exception {
    try (PipeEnd client = open();
        PipeEnd asked = server.accept()) {
      write(client, "größer?");
      assertThat(read(asked)).isEqualTo("größer?");
      PipePeer peer = asked.peer().orElseThrow();
      assertThat(peer.sid()).isEqualTo(PipeIdentity.own());
      assertThat(peer.administrator()).isTrue();
      assertThat(peer.sessionId()).isGreaterThanOrEqualTo(0);
      write(asked, "yes");
      assertThat(read(client)).isEqualTo("yes");
      client.close();
      assertThat(read(asked)).isEqualTo("end");
    }
  }

  @Test
  void servesTheMaximumAndThenFurtherClients() throws Exception {
    try (PipeEnd first = open();
        PipeEnd firstAsked = server.accept();
        PipeEnd second = open();
        PipeEnd secondAsked = server.accept()) {
      assertThatThrownBy(() -> PipeClient.open(NAME, Duration.ofMillis(50)))
          .isInstanceOfSatisfying(
              PipeException.class, busy -> assertThat(busy.error()).isEqualTo(231));
      CompletableFuture<PipeEnd> third = CompletableFuture.supplyAsync(PipeTest::opened);
      CompletableFuture<PipeEnd> thirdAsked = CompletableFuture.supplyAsync(this::accepted);
      first.close();
      firstAsked.close();
      try (PipeEnd client = third.get(10, TimeUnit.SECONDS);
          PipeEnd asked = thirdAsked.get(10, TimeUnit.SECONDS)) {
        write(client, "third");
        assertThat(read(asked)).isEqualTo("third");
        write(second, "second");
        assertThat(read(secondAsked)).isEqualTo("second");
      }
    }
  }

  private static PipeEnd opened() {
    try {
      return open();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private PipeEnd accepted() {
    try {
      return server.accept();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Another program claimed the name first, for instance while the agent was stopped. */
  @Test
  void leavesThePipeOfAnImpostorAlone() throws Exception {
    String name = "\\\\.\\pipe\\sessionbridge-impostor";
    PointerByReference descriptor = new PointerByReference();
    assertThat(
            PipeLibraries.Advapi32.INSTANCE.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                new WString("O:BUG:BUD:(A;;GA;;;WD)"), 1, descriptor, null))
        .isTrue();
    try (Memory attributes = new Memory(24)) {
      attributes.clear();
      attributes.setInt(0, 24);
      attributes.setPointer(8, descriptor.getValue());
      Pointer impostor =
          PipeLibraries.Kernel32.INSTANCE.CreateNamedPipeW(
              new WString(name), 0x4000_0003, 0, 1, 4096, 4096, 0, attributes);
      assumeTrue(Pointer.nativeValue(impostor) != -1, "cannot create a pipe with another owner");
      assertThatThrownBy(() -> PipeClient.open(name, SOON))
          .isInstanceOf(PipeException.class)
          .hasMessage(
              name + " belongs to S-1-5-32-545, who is neither the system nor an administrator");
      PipeLibraries.Kernel32.INSTANCE.CloseHandle(impostor);
    } finally {
      PipeLibraries.Kernel32.INSTANCE.LocalFree(descriptor.getValue());
    }
  }

  @Test
  void limitsEveryWait() throws Exception {
    try (PipeEnd client = open();
        PipeEnd asked = server.accept()) {
      assertThat(asked.read(ByteBuffer.allocate(9), Duration.ZERO)).isZero();
      assertThat(asked.read(ByteBuffer.allocate(9), Duration.ofMillis(100))).isZero();
      write(client, "late");
      assertThat(read(asked)).isEqualTo("late");
      assertThatThrownBy(() -> asked.write(ByteBuffer.allocate(4 << 20), Duration.ofMillis(300)))
          .isInstanceOf(PipeException.class)
          .hasMessage("the other side does not read");
    }
  }

  @Test
  void endsPendingOperationsOnClose() throws Exception {
    try (PipeEnd client = open();
        PipeEnd asked = server.accept()) {
      CompletableFuture<Throwable> reading =
          failureOf(() -> asked.read(ByteBuffer.allocate(9), SOON));
      CompletableFuture<Throwable> accepting = failureOf(() -> server.accept());
      assertThatThrownBy(() -> reading.get(300, TimeUnit.MILLISECONDS)); // both wait
      asked.close();
      server.close();
      assertThat(reading.get(5, TimeUnit.SECONDS)).hasMessage("the pipe is closed");
      assertThat(accepting.get(5, TimeUnit.SECONDS)).hasMessage("the pipe is closed");
      assertThat(read(client)).isEqualTo("end");
    }
    assertThatThrownBy(() -> PipeClient.open(NAME, Duration.ZERO))
        .hasMessage("nobody listens at " + NAME);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static CompletableFuture<Throwable> failureOf(Work work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            work.run();
            return new AssertionError("it went on");
          } catch (Exception e) {
            return e;
          }
        });
  }

  @Test
  void leaksNothingAfterManyConnections() throws Exception {
    ask(20);
    int before = handles();
    ask(300);
    assertThat(handles()).isLessThan(before + 20);
  }

  private void ask(int count) throws Exception {
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (PipeEnd client = open();
          PipeEnd asked = server.accept()) {
        write(client, "?");
        read(asked);
        assertThat(asked.peer()).isPresent();
        write(asked, "!");
        answers.add(read(client));
        client.close(); // or the server would give it time to read
      }
    }
    assertThat(answers).hasSize(count).containsOnly("!");
  }

  private static int handles() {
    IntByReference count = new IntByReference();
    assertThat(Handles.INSTANCE.GetProcessHandleCount(new Pointer(-1), count)).isTrue();
    return count.getValue();
  }
}
