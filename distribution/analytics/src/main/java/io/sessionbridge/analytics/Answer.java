package io.sessionbridge.analytics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question.
 *
 * @param columns their names
 * @param rows of texts, numbers and null, as many in each as there are columns
 */
record Answer(List<String> columns, List<List<@Nullable Object>> rows) {

  int column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + name + " in " + columns);
    }
    return index;
  }
}
