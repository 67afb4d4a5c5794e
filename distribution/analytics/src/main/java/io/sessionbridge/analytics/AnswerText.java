package io.sessionbridge.analytics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as text: for people, as CSV (RFC 4180) or as lines of JSON. */
final class AnswerText {

  private static final JsonFactory JSON = new JsonFactory();

  private AnswerText() {}

  /** Aligned columns. What would steer a terminal is replaced. */
  static String table(Answer answer) {
    int[] widths = new int[answer.columns().size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = answer.columns().get(i).length();
      for (List<@Nullable Object> row : answer.rows()) {
        widths[i] = Math.max(widths[i], visible(row.get(i)).length());
      }
    }
    StringBuilder text = new StringBuilder();
    addRow(text, answer.columns(), widths);
    answer.rows().forEach(row -> addRow(text, row, widths));
    return text.toString();
  }

  private static void addRow(
      StringBuilder text, List<? extends @Nullable Object> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = visible(row.get(i));
      String blanks = " ".repeat(widths[i] - cell.length());
      line.append(i == 0 ? "" : "  ");
      line.append(row.get(i) instanceof Number ? blanks + cell : cell + blanks);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static String visible(@Nullable Object value) {
    return cell(value).replaceAll("\\p{C}", "?");
  }

  static String csv(Answer answer) {
    StringBuilder text = new StringBuilder();
    addLine(text, answer.columns());
    answer.rows().forEach(row -> addLine(text, row));
    return text.toString();
  }

  private static void addLine(StringBuilder text, List<? extends @Nullable Object> cells) {
    for (int i = 0; i < cells.size(); i++) {
      text.append(i == 0 ? "" : ",").append(quoted(cell(cells.get(i))));
    }
    text.append('\n');
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  /** An object a line; what is unknown is absent. */
  static String json(Answer answer) throws IOException {
    StringWriter text = new StringWriter();
    for (List<@Nullable Object> row : answer.rows()) {
      try (JsonGenerator json = JSON.createGenerator(text)) {
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        for (int i = 0; i < row.size(); i++) {
          Object value = row.get(i);
          if (value instanceof Number) {
            json.writeFieldName(answer.columns().get(i));
            json.writeNumber(cell(value));
          } else if (value != null) {
            json.writeStringField(answer.columns().get(i), value.toString());
          }
        }
        json.writeEndObject();
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** A number without an exponent and without zeros at its end. */
  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (!(value instanceof Number)) {
      return value.toString();
    }
    BigDecimal number = new BigDecimal(value.toString());
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
