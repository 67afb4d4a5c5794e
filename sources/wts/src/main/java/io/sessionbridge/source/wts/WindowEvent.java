package io.sessionbridge.source.wts;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;

/** A notification that a window received. */
sealed interface WindowEvent {

  record Session(SessionChange change) implements WindowEvent {}

  record Power(PowerEvent event) implements WindowEvent {}
}
