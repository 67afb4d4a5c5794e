package io.sessionbridge.windows.process;

/** Priority classes ({@code winbase.h}). */
public enum ProcessPriority {
  NORMAL(0x20),
  BELOW_NORMAL(0x4000),
  IDLE(0x40);

  private final int value;

  ProcessPriority(int value) {
    this.value = value;
  }

  int value() {
    return value;
  }
}
