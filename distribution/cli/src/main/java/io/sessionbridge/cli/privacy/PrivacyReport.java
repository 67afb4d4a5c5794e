package io.sessionbridge.cli.privacy;

import static java.util.stream.Collectors.joining;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.SinkEntry;
import io.sessionbridge.bridge.SourceEntry;
import io.sessionbridge.config.ByteSize;
import io.sessionbridge.config.TimeSpan;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.privacy.Privacy;
import io.sessionbridge.privacy.Protection;
import io.sessionbridge.privacy.Subject;
import io.sessionbridge.spi.Disclosure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reports which personal data an agent records and discloses, how it is protected and how long it
 * is kept, in sentences for readers who do not know the agent.
 */
final class PrivacyReport {

  private static final int WIDTH = 100;

  private final List<Section> sections = new ArrayList<>();

  private record Section(String title, List<String> sentences) {}

  private PrivacyReport() {}

  static PrivacyReport of(BridgeConfig config) {
    PrivacyReport report = new PrivacyReport();
    report.addRecorded(config);
    report.addDisk(config);
    config.sinks().forEach(report::addSink);
    report.addLimits(config);
    return report;
  }

  private void add(String title, List<String> sentences) {
    sections.add(new Section(title, List.copyOf(sentences)));
  }

  private void addRecorded(BridgeConfig config) {
    add(
        "What the agent records",
        List.of(
            "The agent records when users log on and off, lock and unlock, connect and disconnect,"
                + " and whether a user is present at the machine.",
            "Its sources are "
                + config.sources().stream().map(PrivacyReport::source).collect(joining(", "))
                + ".",
            "Data about users: " + fields(Subject.USERS) + ".",
            "Data about the machines from which users connect: " + fields(Subject.CLIENTS) + ".",
            "Data about the machine: " + fields(Subject.HOSTS) + ".",
            "Each event also has times, durations, the number of the session, the type of the"
                + " account and of the logon. The agent records no keystrokes, screens, programs or"
                + " passwords."));
  }

  private static String source(SourceEntry source) {
    return source.id().equals(source.type())
        ? source.id()
        : source.id() + " (" + source.type() + ")";
  }

  private static String fields(Subject subject) {
    return String.join(", ", Privacy.fields(subject));
  }

  private void addDisk(BridgeConfig config) {
    JournalConfig journal = config.journal();
    JournalConfig letters = JournalConfig.deadLetters();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "The folder "
            + config.dataDir()
            + " contains all of this data in plain text. Only the agent's account and administrators can"
            + " read it.");
    sentences.add(
        "The journal keeps an event until every sink has it and its file is closed, which is after "
            + TimeSpan.text(journal.segmentMaxAge())
            + " at the latest.");
    sentences.add(
        journal.whenFull() == JournalConfig.WhenFull.DROP_OLDEST
            ? "While a sink is unavailable the journal keeps events for at most "
                + TimeSpan.text(journal.maxAge())
                + " and in at most "
                + ByteSize.text(journal.maxBytes())
                + "; then it deletes the oldest."
            : "While a sink is unavailable the journal keeps events for at most "
                + TimeSpan.text(journal.maxAge())
                + " and in at most "
                + ByteSize.text(journal.maxBytes())
                + "; when that is full, the agent records nothing more.");
    sentences.add(
        "Dead letters are events that a receiver refused. They are kept for "
            + TimeSpan.text(letters.maxAge())
            + " and in at most "
            + ByteSize.text(letters.maxBytes())
            + ", with the same names as in the sink. They contain program output only if the sink"
            + " protects nothing.");
    sentences.add(
        "The file of the open sessions names their users. It is replaced as they change.");
    if (config.control().enabled()) {
      sentences.add(
          "Administrators of the machine can watch all events over the control channel; other users"
              + " see their own sessions.");
    }
    sentences.add(
        config.logLevel().equals("debug") || config.logLevel().equals("trace")
            ? "The log may name users, because log.level is " + config.logLevel() + "."
            : "The log names no users.");
    add("On the machine itself", sentences);
  }

  private void addSink(SinkEntry sink) {
    Privacy privacy = sink.settings().privacy();
    Disclosure disclosure = sink.disclosure();
    List<String> sentences = new ArrayList<>();
    sentences.add("It sends events to " + disclosure.to() + ".");
    disclosure
        .encrypted()
        .ifPresent(
            encrypted ->
                sentences.add(
                    encrypted
                        ? "The connection is encrypted."
                        : "The connection is not encrypted: anyone who can read the network traffic"
                            + " can read the events."));
    sentences.add(
        "It excludes " + sink.settings().selection().leavesOut().orElse("no events") + ".");
    sentences.add(protection("Users", privacy, Subject.USERS));
    sentences.add(protection("Clients", privacy, Subject.CLIENTS));
    sentences.add(protection("Hosts", privacy, Subject.HOSTS));
    privacy
        .keyId()
        .ifPresent(
            id ->
                sentences.add(
                    "The pseudonyms have the key_id "
                        + id
                        + ". Anyone with the key can find them: sessionbridge privacy find NAME."));
    sentences.addAll(disclosure.kept());
    add("Sink " + sink.id() + " (" + sink.type() + ")", sentences);
  }

  private static String protection(String whose, Privacy privacy, Subject subject) {
    String how =
        switch (privacy.of(subject)) {
          case PLAIN -> "in plain text";
          case PSEUDONYM -> "as pseudonyms";
          case NONE -> "not at all";
        };
    return whose + " are sent " + how + ": " + fields(subject) + ".";
  }

  private void addLimits(BridgeConfig config) {
    List<String> sentences = new ArrayList<>();
    addJoin(config, Subject.USERS, "users", sentences);
    addJoin(config, Subject.CLIENTS, "clients", sentences);
    addJoin(config, Subject.HOSTS, "hosts", sentences);
    if (!sentences.isEmpty()) {
      sentences.add(0, "An event has the same id in every sink.");
    }
    config.sinks().stream().filter(PrivacyReport::revealsDomains).forEach(addDomain(sentences));
    sentences.add(
        "A receiver sees the network address of the machine, and the times of the events.");
    sentences.add("Pseudonyms are personal data: with the key they can be matched to names.");
    add("What this does not protect", sentences);
  }

  private static boolean revealsDomains(SinkEntry sink) {
    Privacy privacy = sink.settings().privacy();
    return privacy.of(Subject.USERS) == Protection.PSEUDONYM
        && privacy.of(Subject.HOSTS) == Protection.PLAIN;
  }

  private static Consumer<SinkEntry> addDomain(List<String> sentences) {
    return sink ->
        sentences.add(
            "In sink "
                + sink.id()
                + " host_domain and host_name are in plain text beside the pseudonym of user_domain."
                + " Usually they name the same domain, which reveals the domain of the pseudonym.");
  }

  private static void addJoin(
      BridgeConfig config, Subject subject, String what, List<String> sentences) {
    List<String> plain = new ArrayList<>();
    List<String> hidden = new ArrayList<>();
    for (SinkEntry sink : config.sinks()) {
      boolean protects = sink.settings().privacy().of(subject) != Protection.PLAIN;
      (protects ? hidden : plain).add(sink.id());
    }
    if (!plain.isEmpty() && !hidden.isEmpty()) {
      sentences.add(
          "Anyone with access to %s can identify the %s in %s."
              .formatted(String.join(", ", plain), what, String.join(", ", hidden)));
    }
  }

  /** For a terminal. */
  List<String> plain() {
    List<String> lines = new ArrayList<>();
    for (Section section : sections) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(section.title());
      section.sentences().forEach(sentence -> addWrapped(sentence, lines));
    }
    return lines;
  }

  private static void addWrapped(String sentence, List<String> lines) {
    StringBuilder line = new StringBuilder("  -");
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder("   ");
      }
      line.append(' ').append(word);
    }
    lines.add(line.toString());
  }

  /** For a document. */
  List<String> markdown() {
    List<String> lines = new ArrayList<>(List.of("# Personal data in SessionBridge"));
    for (Section section : sections) {
      lines.add("");
      lines.add("## " + escaped(section.title()));
      lines.add("");
      section.sentences().forEach(sentence -> lines.add("* " + escaped(sentence)));
    }
    return lines;
  }

  private static String escaped(String text) {
    return text.replaceAll("([\\\\`*_\\[\\]<>])", "\\\\$1");
  }
}
