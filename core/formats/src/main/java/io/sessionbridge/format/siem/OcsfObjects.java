package io.sessionbridge.format.siem;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills the objects of OCSF: device, user, session, endpoints. */
final class OcsfObjects {

  /** The fields that the session classes have attributes for. */
  static final Set<Field<?>> OF_SESSIONS =
      Set.of(
          Field.SESSION_ID,
          Field.SESSION_KEY,
          Field.STATION,
          Field.REMOTE,
          Field.USER_NAME,
          Field.USER_DOMAIN,
          Field.USER_SID,
          Field.CLIENT_NAME);

  /** The null SID, which Windows uses for no user; OCSF requires a name or an id. */
  private static final String NOBODY = "S-1-0-0";

  private static final int WINDOWS = 100;

  private OcsfObjects() {}

  static void putDevice(EventData data, JsonTree device) {
    device.put("hostname", fullName(data));
    device.put("name", data.get(Field.HOST_NAME));
    device.put("uid", data.get(Field.HOST_ID));
    device.put("domain", data.get(Field.HOST_DOMAIN));
    device.put("boot_uid", data.get(Field.BOOT_ID));
    device.put("type_id", 0);
    device.put("type", "Unknown");
    if (data.kind().subject() == Kind.Subject.SESSION) {
      device.put("os.name", "Windows");
      device.put("os.type_id", WINDOWS);
      device.put("os.type", "Windows");
    }
  }

  static void putAuthentication(EventData data, JsonTree json) {
    putUser(data, json.child("user"));
    putSession(data, json, "session");
    putEndpoints(data, json);
    json.put("is_remote", data.get(Field.REMOTE));
    String logonType = data.get(Field.LOGON_TYPE);
    if (logonType != null) {
      json.put("logon_type_id", logonTypeId(logonType));
      json.put("logon_type", logonType(logonType));
    }
    String authPackage = data.get(Field.AUTH_PACKAGE);
    if (authPackage != null) {
      json.put("auth_protocol_id", protocolId(authPackage));
      json.put("auth_protocol", authPackage);
    }
  }

  /** The class has no session attribute; the session is that of the actor. */
  static void putRdp(EventData data, JsonTree json) {
    if (namesUser(data) || data.has(Field.USER_DOMAIN)) {
      putUser(data, json.child("user"));
    }
    putSession(data, json, "actor.session");
    putEndpoints(data, json);
  }

  private static void putUser(EventData data, JsonTree user) {
    user.put("name", Names.user(data));
    user.put("domain", data.get(Field.USER_DOMAIN));
    user.put("uid", namesUser(data) ? data.get(Field.USER_SID) : NOBODY);
    String type = data.get(Field.ACCOUNT_TYPE);
    user.put("type_id", userTypeId(type));
    user.put("type", userType(type));
  }

  private static boolean namesUser(EventData data) {
    return data.has(Field.USER_NAME) || data.has(Field.USER_UPN) || data.has(Field.USER_SID);
  }

  private static int userTypeId(@Nullable String accountType) {
    return switch (accountType == null ? "" : accountType) {
      case "local", "domain", "entra" -> 1;
      case "virtual" -> 3;
      case "service" -> 4;
      default -> 0;
    };
  }

  private static String userType(@Nullable String accountType) {
    return switch (userTypeId(accountType)) {
      case 1 -> "User";
      case 3 -> "System";
      case 4 -> "Service";
      default -> "Unknown";
    };
  }

  private static void putSession(EventData data, JsonTree json, String path) {
    Long id = data.get(Field.SESSION_ID);
    Instant logon = data.get(Field.LOGON_TIME);
    json.put(path + ".uid", id == null ? null : Long.toString(id));
    json.put(path + ".uid_alt", data.get(Field.SESSION_KEY));
    json.put(path + ".terminal", data.get(Field.STATION));
    json.put(path + ".created_time", logon == null ? null : logon.toEpochMilli());
    json.put(path + ".is_remote", data.get(Field.REMOTE));
  }

  private static void putEndpoints(EventData data, JsonTree json) {
    json.put("src_endpoint.ip", ClientAddress.ip(data));
    json.put("src_endpoint.name", data.get(Field.CLIENT_NAME));
    json.put("dst_endpoint.hostname", fullName(data));
    json.put("dst_endpoint.uid", data.get(Field.HOST_ID));
  }

  private static @Nullable String fullName(EventData data) {
    return data.find(Field.HOST_FQDN).or(() -> data.find(Field.HOST_NAME)).orElse(null);
  }

  private static int logonTypeId(String logonType) {
    return switch (logonType) {
      case "interactive" -> 2;
      case "network" -> 3;
      case "batch" -> 4;
      case "service" -> 5;
      case "unlock" -> 7;
      case "network_cleartext" -> 8;
      case "new_credentials" -> 9;
      case "remote_interactive" -> 10;
      case "cached_interactive" -> 11;
      case "cached_remote_interactive" -> 12;
      case "cached_unlock" -> 13;
      default -> OcsfKind.OTHER;
    };
  }

  /** The caption of the id; for {@link OcsfKind#OTHER} the type in words. */
  private static String logonType(String logonType) {
    return logonType.equals("service") ? "OS Service" : Names.title(logonType);
  }

  private static int protocolId(String authPackage) {
    return switch (authPackage) {
      case "NTLM" -> 1;
      case "Kerberos" -> 2;
      default -> OcsfKind.OTHER;
    };
  }
}
