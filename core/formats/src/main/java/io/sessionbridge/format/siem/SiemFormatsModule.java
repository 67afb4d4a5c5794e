package io.sessionbridge.format.siem;

import io.sessionbridge.spi.PluginModule;

/** Registers the formats of SIEM systems. */
public final class SiemFormatsModule extends PluginModule {

  @Override
  protected void configure() {
    Product product = Product.current();
    bindFormat("cef", "ArcSight Common Event Format, version 0", new CefFormat(product));
    bindFormat("leef", "QRadar Log Event Extended Format, version 2.0", new LeefFormat(product));
    bindFormat(
        "ecs",
        "Elastic Common Schema " + EcsFormat.VERSION + ": one JSON document",
        new EcsFormat(product));
    bindFormat(
        "ocsf",
        "Open Cybersecurity Schema Framework " + OcsfFormat.VERSION + ": one JSON document",
        new OcsfFormat(product));
  }
}
