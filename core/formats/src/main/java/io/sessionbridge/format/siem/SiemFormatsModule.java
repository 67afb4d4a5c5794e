package io.sessionbridge.format.siem;

import io.sessionbridge.spi.PluginModule;

/** Brings the formats of SIEM systems. */
public final class SiemFormatsModule extends PluginModule {

  @Override
  protected void configure() {
    Product product = Product.current();
    bindFormat("cef", "ArcSight Common Event Format, version 0", new CefFormat(product));
  }
}
