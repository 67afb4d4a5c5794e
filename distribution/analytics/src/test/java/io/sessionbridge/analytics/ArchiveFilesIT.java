package io.sessionbridge.analytics;

import io.sessionbridge.parts.ArchiveContract;

class ArchiveFilesIT extends ArchiveContract {

  ArchiveFilesIT() {
    super("analytics");
  }
}
