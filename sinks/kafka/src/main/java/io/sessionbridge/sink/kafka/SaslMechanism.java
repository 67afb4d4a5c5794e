package io.sessionbridge.sink.kafka;

/** The mechanisms of the Kafka client, with Kafka's names. */
enum SaslMechanism {
  PLAIN("PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule"),
  SCRAM_SHA_256("SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule"),
  SCRAM_SHA_512("SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule"),
  /** Client id and secret, exchanged for a token. */
  OAUTHBEARER("OAUTHBEARER", "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule"),
  /** Kerberos: the login comes from the JAAS file of the JVM. */
  GSSAPI("GSSAPI", "");

  private final String kafkaName;
  private final String loginModule;

  SaslMechanism(String kafkaName, String loginModule) {
    this.kafkaName = kafkaName;
    this.loginModule = loginModule;
  }

  String kafkaName() {
    return kafkaName;
  }

  String loginModule() {
    return loginModule;
  }

  boolean needsPassword() {
    return this != GSSAPI;
  }
}
