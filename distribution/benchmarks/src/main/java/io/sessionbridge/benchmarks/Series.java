package io.sessionbridge.benchmarks;

/** The works of one program, one a repetition. */
final class Series {

  private final Samples rates = new Samples();
  private final Samples cpu = new Samples();

  void add(Work work) {
    rates.add(work.eventsPerSecond());
    cpu.add(work.cpuMicrosPerEvent());
  }

  void print(String name) {
    Report.figure(name, "events/s", rates);
    Report.say("  %-12s %s us of CPU per event", "", cpu.text("%.2f"));
  }

  void printBeside(String name, Series bare) {
    print(name);
    Report.ratio("ratio", rates.dividedBy(bare.rates));
  }

  void printCpuBeside(Series bare) {
    Report.ratio("CPU ratio", cpu.dividedBy(bare.cpu));
  }
}
