package io.sessionbridge.tcp;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Knows the addresses of hosts. May block for as long as the system's resolver does. */
public interface NameService {

  /** That of the system. */
  NameService SYSTEM = InetAddress::getAllByName;

  /** The addresses that the host has now, at least one. */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
