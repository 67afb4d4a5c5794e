package io.sessionbridge.source.sens;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.config.Key;

/**
 * Configuration of a sens source.
 *
 * @param perUser whether it subscribes for its own user only
 * @param invokeOnly whether Windows must call {@code IDispatch.Invoke}
 */
record SensSourceConfig(boolean perUser, boolean invokeOnly) {

  private static final Key<Boolean> PER_USER =
      Key.flag("per_user")
          .orElse(
              false, "receives events of the agent's own user only; needs no administrator rights");

  private static final Key<Boolean> INVOKE_ONLY =
      Key.flag("invoke_only")
          .orElse(
              false, "makes Windows call IDispatch.Invoke; for diagnosis when no events arrive");

  static final ConfigSpec<SensSourceConfig> SPEC =
      ConfigSpec.of(
          values -> new SensSourceConfig(values.get(PER_USER), values.get(INVOKE_ONLY)),
          PER_USER,
          INVOKE_ONLY);
}
