package io.sessionbridge.windows.com;

import io.sessionbridge.windows.Guid;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two interfaces through which SENS reports logon events. Neither extends the other, and each
 * has its own event class ({@code sens.h}, {@code sensevts.h}).
 */
enum SensInterface {
  ISENS_LOGON(
      "ISensLogon",
      "{D597BAB3-5B9F-11D1-8DD2-00AA004ABD5E}",
      "{D5978630-5B9F-11D1-8DD2-00AA004ABD5E}",
      false),
  ISENS_LOGON2(
      "ISensLogon2",
      "{D597BAB4-5B9F-11D1-8DD2-00AA004ABD5E}",
      "{D5978650-5B9F-11D1-8DD2-00AA004ABD5E}",
      true);

  private final String comName;
  private final String id;
  private final String eventClass;
  private final boolean hasSession;

  SensInterface(String comName, String id, String eventClass, boolean hasSession) {
    this.comName = comName;
    this.id = id;
    this.eventClass = eventClass;
    this.hasSession = hasSession;
  }

  String comName() {
    return comName;
  }

  Guid id() {
    return Guid.of(id);
  }

  /** The event class of the subscription, in braces. */
  String eventClass() {
    return eventClass;
  }

  /** In the order of the function table, which is that of the dispatch ids. */
  List<SensMethod> methods() {
    return all().toList();
  }

  private Stream<SensMethod> all() {
    return Stream.of(SensMethod.values()).filter(method -> method.hasSession() == hasSession);
  }

  Optional<SensMethod> withDispatchId(int dispatchId) {
    return all().filter(method -> method.dispatchId() == dispatchId).findFirst();
  }

  /** Method names are case-insensitive. */
  Optional<SensMethod> withName(String name) {
    return all().filter(method -> method.methodName().equalsIgnoreCase(name)).findFirst();
  }
}
