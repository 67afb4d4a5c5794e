package io.sessionbridge.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns an error of the YAML parser into a message that says what to do. */
final class YamlFault {
  private static final Pattern TAB = Pattern.compile("^ *\t");
  private static final Pattern LONE_DASH = Pattern.compile(": +-\\s*(#.*)?$");
  private static final Pattern ESCAPE =
      Pattern.compile("^(found unknown escape character|expected escape sequence)");

  private YamlFault() {}

  static Problem problem(String file, String text, YAMLException fault) {
    if (fault instanceof ReaderException unreadable) {
      return new Problem(file, line(text, unreadable.getPosition()), "", explain(unreadable));
    }
    if (fault instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      int line = marked.getProblemMark().getLine() + 1;
      String content = text.lines().skip(line - 1L).findFirst().orElse("");
      return new Problem(file, line, "", explain(marked, content));
    }
    return new Problem(file, 0, "", "is not YAML: " + fault.getMessage());
  }

  private static int line(String text, int codePoints) {
    return 1 + (int) text.codePoints().limit(codePoints).filter(c -> c == '\n').count();
  }

  private static String explain(ReaderException fault) {
    return String.format("must be text, was the character U+%04X", fault.getCodePoint());
  }

  private static String explain(MarkedYAMLException fault, String content) {
    String problem = String.valueOf(fault.getProblem());
    if (TAB.matcher(content).find()) {
      return "must be indented with spaces, was a tab";
    }
    if (LONE_DASH.matcher(content).find()) {
      return "is not YAML: a value that is only - is written in quotes, \"-\"";
    }
    if (ESCAPE.matcher(problem).find()) {
      return "is not YAML: in double quotes a backslash begins an escape, write single quotes";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "is not YAML: correct the indentation, or put the value in quotes if it contains ': '";
    }
    if (problem.startsWith("found unexpected end of stream") && isQuoted(fault)) {
      return "is not YAML: the quote that opens in line "
          + (fault.getContextMark().getLine() + 1)
          + " is not closed";
    }
    if (problem.startsWith("expected <block end>")) {
      return "is not YAML: keys of one mapping must be indented equally" + began(fault);
    }
    return "is not YAML: " + problem + began(fault);
  }

  private static boolean isQuoted(MarkedYAMLException fault) {
    return String.valueOf(fault.getContext()).contains("quoted scalar");
  }

  private static String began(MarkedYAMLException fault) {
    Mark began = fault.getContextMark();
    if (began == null || began.getLine() == fault.getProblemMark().getLine()) {
      return "";
    }
    return ", " + fault.getContext() + " in line " + (began.getLine() + 1);
  }
}
