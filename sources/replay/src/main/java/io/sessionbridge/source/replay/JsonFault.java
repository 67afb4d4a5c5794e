package io.sessionbridge.source.replay;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes what is wrong with a line that is not JSON. The parser's own messages advise
 * programmers ({@code enable JsonReadFeature...}), which does not help the author of the line, so
 * they are not passed on.
 */
final class JsonFault {

  private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.{1,100})'");
  private static final Pattern TOKEN = Pattern.compile("Unrecognized token '(.{1,100}?)'");
  private static final Pattern LIMIT = Pattern.compile("\\((\\d+), from");

  private JsonFault() {}

  /** For instance {@code not JSON: a comma or } is missing, at column 42}. */
  static String describe(IOException e) {
    if (!(e instanceof JacksonException json)) {
      return "not JSON";
    }
    String place =
        json.getLocation() == null ? "" : ", at column " + json.getLocation().getColumnNr();
    return "not JSON: " + reason(json, String.valueOf(json.getOriginalMessage())) + place;
  }

  private static String reason(JacksonException e, String message) {
    if (e instanceof StreamConstraintsException) {
      return limit(message);
    }
    if (e instanceof JsonEOFException) {
      return "the line ends before the object does";
    }
    Matcher duplicate = DUPLICATE.matcher(message);
    if (duplicate.find()) {
      return duplicate.group(1) + " is given twice";
    }
    Matcher token = TOKEN.matcher(message);
    if (token.find()) {
      return "'" + token.group(1) + "' is not a value, text needs double quotes";
    }
    return known(message);
  }

  private static String limit(String message) {
    Matcher limit = LIMIT.matcher(message);
    String most = limit.find() ? limit.group(1) : "the limit";
    if (message.contains("nesting depth")) {
      return "objects or lists are nested deeper than " + most;
    }
    if (message.contains("Number")) {
      return "a number has more than " + most + " characters";
    }
    return "a name or text has more than " + most + " characters";
  }

  private static String known(String message) {
    if (message.contains("to start field name")) {
      return "a name in double quotes is missing";
    }
    if (message.contains("colon")) {
      return "a colon is missing";
    }
    if (message.contains("comma")) {
      return "a comma or a closing bracket is missing";
    }
    if (message.contains("CTRL-CHAR")) {
      return "a control character must be written as an escape";
    }
    if (message.contains("character escape") || message.contains("hex-digit")) {
      return "an escape is not valid in JSON";
    }
    if (message.contains("close marker")) {
      return "a closing bracket does not match";
    }
    return message.contains("numeric value") || message.contains("Non-standard token")
        ? "a number is not valid in JSON"
        : "it cannot be read";
  }
}
