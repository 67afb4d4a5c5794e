package io.sessionbridge.source.wts;

import io.sessionbridge.windows.PowerEvent;
import io.sessionbridge.windows.SessionChange;

/** What a window hears. */
sealed interface WindowEvent {

  record Session(SessionChange change) implements WindowEvent {}

  record Power(PowerEvent event) implements WindowEvent {}
}
