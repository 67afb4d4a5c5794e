package io.sessionbridge.format.siem;

import io.sessionbridge.spi.EventFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A format under test, of a product whose version stays.
 *
 * @param name its folder of golden files
 * @param ending of their names
 */
record SiemFormat(String name, String ending, EventFormat format) {

  private static final Product PRODUCT = new Product("SessionBridge", "SessionBridge", "1.0.0");

  static final SiemFormat CEF = new SiemFormat("cef", ".txt", new CefFormat(PRODUCT));

  static final SiemFormat LEEF = new SiemFormat("leef", ".txt", new LeefFormat(PRODUCT));
  static final SiemFormat ECS = new SiemFormat("ecs", ".jsonl", new EcsFormat(PRODUCT));
  static final SiemFormat OCSF = new SiemFormat("ocsf", ".jsonl", new OcsfFormat(PRODUCT));

  static final List<SiemFormat> ALL = List.of(CEF, LEEF, ECS, OCSF);

  Path file(GoldenEvents situation) {
    return Path.of("src/test/resources/golden", name)
        .resolve(situation.name().toLowerCase(Locale.ROOT) + ending);
  }

  @Override
  public String toString() {
    return name;
  }
}
