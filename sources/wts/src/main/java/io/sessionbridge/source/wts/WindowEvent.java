package io.sessionbridge.source.wts;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;

/** What a window hears. */
sealed interface WindowEvent {

  record Session(SessionChange change) implements WindowEvent {}

  record Power(PowerEvent event) implements WindowEvent {}
}
