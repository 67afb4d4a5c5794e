package io.sessionbridge.e2e;

import io.sessionbridge.windows.pipe.PipeClient;
import io.sessionbridge.windows.pipe.PipeEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 200 clients of a pipe at the same time that say nothing and read nothing that is said. Who is
 * sent away comes again, until this program is ended.
 */
final class PipeFlood {

  private static final int CLIENTS = 200;
  private static final Duration LONG = Duration.ofSeconds(60);

  private PipeFlood() {}

  public static void main(String[] args) throws InterruptedException {
    AtomicInteger opened = new AtomicInteger();
    for (int i = 0; i < CLIENTS; i++) {
      Thread client = new Thread(() -> flood(args[0], opened), "client-" + i);
      client.setDaemon(true);
      client.start();
    }
    Thread.currentThread().join();
  }

  private static void flood(String name, AtomicInteger opened) {
    while (true) {
      try (PipeEnd end = PipeClient.open(name, LONG)) {
        if (opened.incrementAndGet() == CLIENTS) {
          System.out.println("FLOODS");
        }
        holdUntilItIsSentAway(end);
      } catch (IOException e) {
        if (opened.get() == 0) {
          System.out.println("cannot open: " + e.getMessage());
        }
      }
    }
  }

  private static void holdUntilItIsSentAway(PipeEnd end) throws IOException {
    ByteBuffer refusal = ByteBuffer.allocate(4 << 10);
    while (end.read(refusal, LONG) >= 0) {
      refusal.clear();
    }
  }
}
