package io.sessionbridge.source.kernel;

import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverPosition;
import io.sessionbridge.windows.driver.DriverReader;
import io.sessionbridge.windows.driver.DriverRecord;
import io.sessionbridge.windows.driver.DriverStatistics;
import io.sessionbridge.windows.driver.SessionDriver;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A driver that keeps the last records and resumes at a position. */
final class TestingDriver implements SessionDriver {

  private final Deque<DriverRecord> kept = new ArrayDeque<>();
  private final int capacity;
  private long bootId = 1000;
  private long published;
  private long nextRead = 1;
  private @Nullable DriverException refusal;
  private @Nullable DriverException failure;
  private @Nullable Reader reader;
  private boolean held;
  private boolean reading;
  int opened;
  int closed;

  TestingDriver(int capacity) {
    this.capacity = capacity;
  }

  synchronized void refuse(@Nullable DriverException why) {
    refusal = why;
  }

  synchronized void fail(DriverException why) {
    failure = why;
    notifyAll();
  }

  /** Whether a pending read is kept from ending. */
  synchronized void hold(boolean wanted) {
    held = wanted;
    notifyAll();
  }

  /** Waits until a read is pending. */
  synchronized void awaitReading() throws InterruptedException {
    while (!reading) {
      wait();
    }
  }

  synchronized void awaitClosed(int count) throws InterruptedException {
    while (closed < count) {
      wait();
    }
  }

  /** Simulates a reload of the driver. */
  synchronized void reload() {
    bootId++;
    published = 0;
    nextRead = 1;
    kept.clear();
    failure = null;
  }

  synchronized void publish(int event, long session, Optional<Boolean> local) {
    published++;
    kept.addLast(
        new DriverRecord(
            bootId,
            published,
            Optional.of(Instant.ofEpochSecond(1_700_000_000L + published)),
            1000 + published,
            0,
            event,
            OptionalLong.of(session),
            0,
            local));
    if (kept.size() > capacity) {
      kept.removeFirst();
    }
    notifyAll();
  }

  @Override
  public synchronized DriverReader open(Optional<DriverPosition> after) throws DriverException {
    if (refusal != null) {
      throw refusal;
    }
    if (reader != null) {
      throw new AssertionError("the driver has a reader already");
    }
    long unread = published - nextRead + 1;
    DriverStatistics statistics =
        new DriverStatistics(bootId, published, nextRead, 0, unread, 0, capacity, true, 0, false);
    nextRead =
        after
            .filter(position -> position.bootId() == bootId)
            .map(position -> position.sequence() + 1)
            .orElse(1L);
    opened++;
    reader = new Reader(statistics);
    return reader;
  }

  private final class Reader implements DriverReader {

    private final DriverStatistics statistics;
    private boolean stopped;

    Reader(DriverStatistics statistics) {
      this.statistics = statistics;
    }

    @Override
    public DriverStatistics opened() {
      return statistics;
    }

    @Override
    public List<DriverRecord> read() throws DriverException {
      synchronized (TestingDriver.this) {
        while (held || !stopped && failure == null && published < nextRead) {
          reading = true;
          TestingDriver.this.notifyAll();
          try {
            TestingDriver.this.wait();
          } catch (InterruptedException e) {
            if (!held) {
              throw new AssertionError("Windows knows no interrupts", e);
            }
          }
        }
        if (failure != null) {
          throw failure;
        }
        if (stopped) {
          return List.of();
        }
        List<DriverRecord> records = new ArrayList<>();
        for (DriverRecord record : kept) {
          if (record.sequence() >= nextRead && records.size() < 3) {
            records.add(record);
          }
        }
        nextRead = records.get(records.size() - 1).sequence() + 1;
        return records;
      }
    }

    @Override
    public void stop() {
      synchronized (TestingDriver.this) {
        stopped = true;
        TestingDriver.this.notifyAll();
      }
    }

    @Override
    public void close() {
      synchronized (TestingDriver.this) {
        closed++;
        reader = null;
        TestingDriver.this.notifyAll();
      }
    }
  }
}
