package io.sessionbridge.tcp;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Resolves host names. May block for as long as the system's resolver does. */
public interface NameService {

  /** The resolver of the system. */
  NameService SYSTEM = InetAddress::getAllByName;

  /** The current addresses of the host, at least one. */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
