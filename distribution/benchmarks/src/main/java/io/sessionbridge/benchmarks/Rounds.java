package io.sessionbridge.benchmarks;

import java.io.IOException;

/** An agent and a bare loop over the same events, in turn, round after round. */
final class Rounds {

  private final ReplayAgent agent;
  private final Child bare;
  private final int events;
  private final int repetitions;

  /**
   * Measures two running processes.
   *
   * @param bare answers {@code send COUNT} with the work done
   */
  Rounds(ReplayAgent agent, Child bare, int events, int repetitions) {
    this.agent = agent;
    this.bare = bare;
    this.events = events;
    this.repetitions = repetitions;
  }

  private interface Part {
    Work run() throws IOException;
  }

  /** A file through the agent. */
  void replay(String title) throws IOException {
    Report.title(title + ", " + events + " events");
    print("replay", () -> agent.carry(events));
  }

  /** A backlog that waited for the receiver. */
  void drain(String title) throws IOException {
    Report.title(title + ", " + events + " events");
    print("drain", () -> agent.drain(events));
  }

  private void print(String name, Part part) throws IOException {
    Series bareWork = new Series();
    Series work = new Series();
    for (int i = 0; i < repetitions; i++) {
      bareWork.add(send(bare, events));
      work.add(part.run());
    }
    bareWork.print("bare loop");
    work.printBeside(name, bareWork);
  }

  /** The bare loop sends so many. */
  static Work send(Child bare, int count) throws IOException {
    return Work.ofLine(bare.ask("send", Integer.toString(count)));
  }
}
