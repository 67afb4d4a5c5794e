package io.sessionbridge.fleet;

import io.sessionbridge.parts.ArchiveContract;

class ArchiveFilesIT extends ArchiveContract {

  ArchiveFilesIT() {
    super("fleet");
  }
}
