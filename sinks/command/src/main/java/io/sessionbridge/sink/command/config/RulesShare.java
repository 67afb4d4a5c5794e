package io.sessionbridge.sink.command.config;

/** Whether a file system is believed to know who may change what is on it. */
public enum RulesShare {
  /** Those that know of no owners are refused. */
  CHECKED,
  /** The administrator vouches for the share: nobody is asked who may change it. */
  TRUSTED
}
