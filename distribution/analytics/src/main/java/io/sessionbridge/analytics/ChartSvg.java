package io.sessionbridge.analytics;

import java.awt.Color;
import java.awt.Font;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** An answer as a chart. The SVG follows the reader's light or dark scheme. */
final class ChartSvg {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 480;

  /** More bars cannot be read; the answers are sorted, so the first are the ones to look at. */
  private static final int BARS = 24;

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  // Each colour has one role, so that the style sheet can distinguish them.
  private static final Color PAPER = new Color(0xFEFEFE);
  private static final Color INK = new Color(0x1F2328);
  private static final Color GRID = new Color(0xD8DEE4);

  /** Distinct to colour-blind readers (Okabe and Ito), on light and on dark. */
  private static final Color[] SERIES = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9)
  };

  private ChartSvg() {}

  static String draw(Question question, Answer answer) throws ReportException {
    List<String> spec = question.chart().orElseThrow();
    if (answer.rows().isEmpty()) {
      throw new ReportException("there is nothing to draw: the answer is empty");
    }
    String title = spec.get(0).equals("bar") ? title(question, answer) : question.title();
    Chart<?, ?> chart =
        spec.get(0).equals("bar") ? bars(spec, answer, title) : lines(spec, answer, title);
    return svg(chart);
  }

  private static String title(Question question, Answer answer) {
    return answer.rows().size() > BARS
        ? question.title() + " (the first " + BARS + " of " + answer.rows().size() + ")"
        : question.title();
  }

  private static CategoryChart bars(List<String> spec, Answer answer, String title) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(spec.get(2).replace('_', ' '))
            .build();
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (List<@Nullable Object> row : answer.rows().stream().limit(BARS).toList()) {
      String name = String.valueOf(row.get(answer.column(spec.get(1))));
      String unique = name;
      for (int i = 2; names.contains(unique); i++) {
        unique = name + " (" + i + ")";
      }
      names.add(unique);
      values.add(number(row.get(answer.column(spec.get(2)))));
    }
    style(chart.getStyler());
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisLabelRotation(names.size() > 8 ? 45 : 0);
    chart.getStyler().setAvailableSpaceFill(0.7);
    chart.getStyler().setYAxisMin(0.0);
    if (values.stream().allMatch(value -> value == Math.rint(value))) {
      chart
          .getStyler()
          .setyAxisTickLabelsFormattingFunction(
              tick -> tick == Math.rint(tick) ? Long.toString(Math.round(tick)) : "");
    }
    chart.addSeries(spec.get(2), names, values);
    return chart;
  }

  private static XYChart lines(List<String> spec, Answer answer, String title) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(spec.get(2).replace('_', ' '))
            .build();
    Map<String, List<Long>> times = new LinkedHashMap<>();
    Map<String, List<@Nullable Double>> values = new LinkedHashMap<>();
    for (List<@Nullable Object> row : answer.rows()) {
      String series = String.valueOf(row.get(answer.column(spec.get(3))));
      String text = String.valueOf(row.get(answer.column(spec.get(1))));
      long time = LocalDateTime.parse(text, HOUR).toInstant(ZoneOffset.UTC).toEpochMilli();
      List<Long> seen = times.computeIfAbsent(series, unused -> new ArrayList<>());
      List<@Nullable Double> drawn = values.computeIfAbsent(series, unused -> new ArrayList<>());
      long last = seen.isEmpty() ? time : seen.get(seen.size() - 1);
      if (time - last > 3_600_000) { // closed: no line over the night
        seen.add(last + 1);
        drawn.add(null);
      }
      seen.add(time);
      drawn.add(number(row.get(answer.column(spec.get(2)))));
    }
    style(chart.getStyler());
    chart.getStyler().setTimezone(TimeZone.getTimeZone(ZoneOffset.UTC));
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setLegendVisible(times.size() > 1);
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setMarkerSize(7);
    times.forEach(
        (name, at) ->
            chart
                .addSeries(name, at.stream().map(Date::new).toList(), values.get(name))
                .setMarker(SeriesMarkers.CIRCLE));
    return chart;
  }

  private static double number(@Nullable Object value) {
    return value == null ? 0 : Double.parseDouble(value.toString());
  }

  private static void style(AxesChartStyler style) {
    style.setSeriesColors(SERIES);
    style.setChartBackgroundColor(PAPER);
    style.setPlotBackgroundColor(PAPER);
    style.setLegendBackgroundColor(PAPER);
    style.setLegendBorderColor(PAPER);
    style.setPlotBorderVisible(false);
    style.setChartFontColor(INK);
    style.setAxisTickLabelsColor(INK);
    style.setXAxisTitleColor(INK);
    style.setYAxisTitleColor(INK);
    style.setAxisTickMarksColor(GRID);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridVerticalLinesVisible(false);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    style.setChartTitlePadding(12);
    style.setToolTipsEnabled(false);
  }

  private static String svg(Chart<?, ?> chart) {
    SVGGraphics2D graphics = new SVGGraphics2D(document());
    graphics.setSVGCanvasSize(new java.awt.Dimension(WIDTH, HEIGHT));
    chart.paint(graphics, WIDTH, HEIGHT);
    StringWriter text = new StringWriter();
    try {
      graphics.stream(text, true);
    } catch (SVGGraphics2DIOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    String drawn = text.toString().replace("'Dialog'", "sans-serif");
    int root = drawn.indexOf("<svg"); // what stands before names a DTD on another server
    int content = drawn.indexOf('>', root) + 1;
    return drawn.substring(root, content) + darkScheme() + drawn.substring(content);
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("Java lacks its own DOM", e);
    }
  }

  /** Batik writes colours into style attributes, which only what is important replaces. */
  private static String darkScheme() {
    return "<style>@media (prefers-color-scheme: dark) {"
        + swap(PAPER, "#0d1117")
        + swap(INK, "#e6edf3")
        + swap(GRID, "#3d444d")
        + swap(SERIES[0], "#58a6ff")
        + "}</style>";
  }

  private static String swap(Color from, String to) {
    String rgb = String.format("rgb(%d,%d,%d)", from.getRed(), from.getGreen(), from.getBlue());
    return String.format(
        " [style*=\"fill:%1$s\"] {fill: %2$s !important}"
            + " [style*=\"stroke:%1$s\"] {stroke: %2$s !important}",
        rgb, to);
  }
}
