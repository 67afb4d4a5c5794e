package io.sessionbridge.sink.syslog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A strict parser of RFC 5424. */
record TestingMessage(
    int priority,
    String timestamp,
    String host,
    String app,
    String process,
    String id,
    Map<String, Map<String, String>> data,
    String text) {

  private static final String PRINTABLE = "([!-~]{1,%d})";
  private static final Pattern FORM =
      Pattern.compile(
          "<(\\d{1,3})>1 (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z) "
              + PRINTABLE.formatted(255)
              + " "
              + PRINTABLE.formatted(48)
              + " "
              + PRINTABLE.formatted(128)
              + " "
              + PRINTABLE.formatted(32)
              + " (-|(?:\\[.*?(?<!\\\\)])+)(?: (.*))?",
          Pattern.DOTALL);
  private static final String NAME = "[!-~&&[^=\\]\"]]{1,32}";
  private static final Pattern PARAM =
      Pattern.compile(" (" + NAME + ")=\"((?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*)\"");

  static TestingMessage parse(String text) {
    int data = dataStart(text);
    Map<String, Map<String, String>> elements = new LinkedHashMap<>();
    int at = data;
    if (text.charAt(data) == '-') {
      at++;
    }
    while (at < text.length() && text.charAt(at) == '[') {
      at = element(text, at, elements);
    }
    String message = "";
    if (at < text.length()) {
      require(text.charAt(at) == ' ', text);
      message = text.substring(at + 1);
    }
    Matcher head = FORM.matcher(text.substring(0, data) + "-");
    require(head.matches(), text);
    return new TestingMessage(
        Integer.parseInt(head.group(1)),
        head.group(2),
        head.group(3),
        head.group(4),
        head.group(5),
        head.group(6),
        elements,
        message);
  }

  private static int dataStart(String text) {
    int at = 0;
    for (int i = 0; i < 6; i++) {
      at = text.indexOf(' ', at) + 1;
      require(at > 0, text);
    }
    return at;
  }

  private static int element(String text, int from, Map<String, Map<String, String>> elements) {
    Matcher name = Pattern.compile("\\[(" + NAME + ")").matcher(text).region(from, text.length());
    require(name.lookingAt(), text);
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAM.matcher(text);
    int at = name.end();
    while (parameter.region(at, text.length()).lookingAt()) {
      String value = parameter.group(2).replaceAll("\\\\([\"\\\\\\]])", "$1");
      parameters.put(parameter.group(1), value);
      at = parameter.end();
    }
    require(text.charAt(at) == ']', text);
    require(elements.put(name.group(1), parameters) == null, text);
    return at + 1;
  }

  private static void require(boolean right, String text) {
    if (!right) {
      throw new IllegalArgumentException("not RFC 5424: " + text);
    }
  }
}
