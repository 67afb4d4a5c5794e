package io.sessionbridge.sink.command.config;

/** Whether the file system of a rules file must record who can modify its files. */
public enum RulesShare {
  /** Refuses file systems without real owners. */
  CHECKED,
  /** The administrator vouches for the share: its owners and modes are not checked. */
  TRUSTED
}
