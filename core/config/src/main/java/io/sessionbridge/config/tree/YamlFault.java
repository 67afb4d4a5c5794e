package io.sessionbridge.config.tree;

import io.sessionbridge.config.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Turns an error of the YAML parser into a message that says how to fix it. */
final class YamlFault {
  private static final Pattern TAB = Pattern.compile("^ *\t");
  private static final Pattern LONE_DASH = Pattern.compile(": +-\\s*(#.*)?$");
  private static final Pattern ESCAPE =
      Pattern.compile("^(found unknown escape character|expected escape sequence)");

  private static final Pattern FOUND = Pattern.compile("but (?:got|found) '?(<[^>]+>|\\S)");
  private static final Pattern FIRST =
      Pattern.compile("^found character '(.+?)' that cannot start any token");

  private final MarkedYAMLException fault;
  private final String problem;
  private final Mark mark;

  /** Where the erroneous construct begins. */
  private final Mark began;

  /** The line with the error. */
  private final String content;

  private YamlFault(MarkedYAMLException fault, String text) {
    this.fault = fault;
    this.problem = String.valueOf(fault.getProblem());
    this.mark = fault.getProblemMark();
    this.began = fault.getContextMark() == null ? mark : fault.getContextMark();
    this.content = text.lines().skip(mark.getLine()).findFirst().orElse("");
  }

  static Problem problem(String file, String text, YAMLException fault) {
    if (fault instanceof ReaderException unreadable) {
      return new Problem(file, line(text, unreadable.getPosition()), "", explain(unreadable));
    }
    if (fault instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return new YamlFault(marked, text).problem(file);
    }
    return new Problem(file, 0, "", "is not YAML: " + fault.getMessage());
  }

  private static int line(String text, int codePoints) {
    return 1 + (int) text.codePoints().limit(codePoints).filter(c -> c == '\n').count();
  }

  private static String explain(ReaderException fault) {
    return String.format("must be text, was the character U+%04X", fault.getCodePoint());
  }

  private Problem problem(String file) {
    int line = isUnendedKey() ? line(began) : line(mark);
    return new Problem(file, line, "", explain());
  }

  private String explain() {
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
    if (problem.startsWith("found unexpected end of stream") && isIn("quoted scalar")) {
      return "is not YAML: the quote that opens in line " + line(began) + " is not closed";
    }
    if (isIn("scanning an alias")) {
      return "is not YAML: " + cannotBegin("*", began);
    }
    if (isIn("scanning an anchor")) {
      return "is not YAML: " + cannotBegin("&", began);
    }
    if (isUnendedKey()) {
      return "is not YAML: expected a colon, a space and a value after the key";
    }
    return "is not YAML: " + expectation();
  }

  /** What was expected at which column, in the terms of a user who writes such a file. */
  private String expectation() {
    if (problem.startsWith("expected ',' or '}'")) {
      return inBrackets("{", "}");
    }
    if (problem.startsWith("expected ',' or ']'")) {
      return inBrackets("[", "]");
    }
    if (problem.startsWith("expected the node content")) {
      boolean dash = isIn("flow node") && found().equals("'-'");
      return "expected a value"
          + atColumn()
          + (dash ? ": in [ ] commas separate the entries, not dashes" : "");
    }
    if (problem.startsWith("expected <block end>")) {
      boolean first = content.substring(0, Math.min(mark.getColumn(), content.length())).isBlank();
      return first
          ? "keys of one mapping must be indented equally" + begins()
          : "expected the end of the line" + atColumn();
    }
    Matcher first = FIRST.matcher(problem);
    if (first.find()) {
      return cannotBegin(first.group(1), mark);
    }
    return problem.replaceAll("\\s+", " ") + " (column " + column(mark) + ")" + begins();
  }

  /** The character has a special meaning in YAML. */
  private static String cannotBegin(String character, Mark where) {
    return "a value cannot begin with "
        + character
        + ", as at column "
        + column(where)
        + ": put it in quotes";
  }

  private String inBrackets(String opening, String closing) {
    String opens = "the " + opening + " that opens in line " + line(began);
    String place = opens + ", column " + column(began);
    if (found().equals("<stream end>")) {
      return place + ", is not closed";
    }
    return "expected a comma or " + closing + atColumn() + ", inside " + place;
  }

  private String atColumn() {
    String found = found();
    return " at column "
        + column(mark)
        + (found.isEmpty() ? "" : ", found " + (found.equals("<scalar>") ? "text" : found));
  }

  /** What was found instead, as the parser names it; empty if it does not say. */
  private String found() {
    Matcher found = FOUND.matcher(problem);
    if (!found.find()) {
      return "";
    }
    String token = found.group(1);
    return token.startsWith("<") ? token : "'" + token + "'";
  }

  private boolean isUnendedKey() {
    return problem.startsWith("could not find expected ':'");
  }

  private boolean isIn(String part) {
    return String.valueOf(fault.getContext()).contains(part);
  }

  private String begins() {
    return line(began) == line(mark) ? "" : ", this one begins in line " + line(began);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static int column(Mark mark) {
    return mark.getColumn() + 1;
  }
}
