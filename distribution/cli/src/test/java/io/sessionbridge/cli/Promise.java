package io.sessionbridge.cli;

/**
 * A part of what users build on. Each line of {@code stable-surface.txt} begins with the word of
 * its part.
 */
enum Promise {
  /** A key of the configuration. */
  KEY("a configuration that has the key is refused, or means something else, after an upgrade"),
  /** A sink, source or format by its name in the configuration. */
  PLUGIN("a configuration that names it is refused after an upgrade"),
  /** A metric, with its type and label. */
  METRIC("dashboards and alerts that use the metric go silent without an error"),
  /** A field of an event's data. */
  FIELD("queries and parsers that use the field find nothing, also in events stored long ago"),
  /** A kind of event, with its CloudEvents type. */
  KIND("filters, routes and `select` entries for the kind match nothing"),
  /** A name in a JSON document besides the fields. */
  JSON("programs that read the document find nothing under the name"),
  /** A topic that an MQTT sink publishes to when the configuration names none. */
  TOPIC("subscribers of the topic get nothing"),
  /** A file or folder below {@code data_dir}. */
  FILE("the next start does not find what an earlier version stored, and events are lost"),
  /** An exit code of the process. */
  EXIT("service managers and scripts that act on the exit code do the wrong thing"),
  /** A command or an option of the command line. */
  COMMAND("scripts and service definitions that call it fail");

  private final String loss;

  Promise(String loss) {
    this.loss = loss;
  }

  /** The word that begins the lines of this part. */
  String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What happens to users when a line of this part goes or changes. */
  String loss() {
    return loss;
  }

  /** The part that a line is about. */
  static Promise of(String line) {
    return valueOf(line.substring(0, line.indexOf(' ')).toUpperCase(java.util.Locale.ROOT));
  }
}
