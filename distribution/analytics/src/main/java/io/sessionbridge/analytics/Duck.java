package io.sessionbridge.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB in this process, with a bound on its memory and a folder of its own for what does not
 * fit into it. For one thread.
 */
final class Duck implements AutoCloseable {

  private final Connection connection;
  private final Path spill;

  private Duck(Connection connection, Path spill) {
    this.connection = connection;
    this.spill = spill;
  }

  /**
   * Starts one.
   *
   * @param memory such as {@code 1200MB}
   * @param threads 0 for as many as the machine has processors
   */
  static Duck open(String memory, int threads) throws ReportException, IOException {
    Path spill = Files.createTempDirectory("sessionbridge-report-");
    try {
      Duck duck = new Duck(DriverManager.getConnection("jdbc:duckdb:"), spill);
      duck.run("SET memory_limit = " + SqlText.quoted(memory));
      duck.run("SET temp_directory = " + SqlText.quoted(spill.toString()));
      duck.run("SET preserve_insertion_order = false");
      duck.run("SET autoinstall_known_extensions = false");
      if (threads > 0) {
        duck.run("SET threads = " + threads);
      }
      return duck;
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** A folder that lives as long as this. */
  Path folder() {
    return spill;
  }

  void run(String sql) throws ReportException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  /** Runs statements that each end with a semicolon at the end of a line. */
  void runAll(String script) throws ReportException {
    for (String statement : script.split(";\n", -1)) {
      if (!statement.isBlank()) {
        run(statement);
      }
    }
  }

  void insert(String table, List<? extends List<? extends @Nullable Object>> rows)
      throws ReportException {
    if (rows.isEmpty()) {
      return;
    }
    String marks = "?" + ", ?".repeat(rows.get(0).size() - 1);
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
        for (List<? extends @Nullable Object> row : rows) {
          for (int i = 0; i < row.size(); i++) {
            insert.setObject(i + 1, row.get(i));
          }
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  Answer ask(String sql) throws ReportException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData shape = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= shape.getColumnCount(); i++) {
        columns.add(shape.getColumnLabel(i));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return new Answer(columns, rows);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  long number(String sql) throws ReportException {
    Object value = ask(sql).rows().get(0).get(0);
    return value == null ? 0 : Long.parseLong(value.toString());
  }

  private static ReportException failure(SQLException e) {
    ReportException failure = new ReportException("DuckDB: " + e.getMessage());
    failure.initCause(e);
    return failure;
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    } finally {
      delete(spill);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
