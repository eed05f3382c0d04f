// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.filter;

import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.PacketView;
import org.tailwalk.replay.PacketReplay;

/**
 * A packet that a filter is asked about. {@link #level} says which methods may be called: those of
 * summaries always, {@link #view} from {@link Level#FRAME} on, {@link #replay} at {@link
 * Level#TRACE}.
 */
public interface Subject {
  /** What stands behind the IP header. */
  enum Transport {
    NONE,
    TCP,
    UDP,
    SCTP,
    ICMP,
    ICMPV6
  }

  /** How much is at hand. */
  Level level();

  /** 1-based in the capture. */
  long number();

  /** Capture time, nanoseconds since 1970. */
  long timeNanos();

  /** Capture time since the first packet's. */
  long sinceFirstNanos();

  /** Capture time since the packet's before; 0 for the first. */
  long deltaNanos();

  /** Length on the wire. */
  long length();

  /** Bytes in the capture. */
  long capturedLength();

  /** Everything a bare word is looked for in, in lower case. */
  String words();

  /** What the packet is about, as the list says it. */
  String info();

  /** Source of the IP header; null without one. */
  @Nullable IpAddress source();

  /** Destination of the IP header; null without one. */
  @Nullable IpAddress destination();

  /** The upper protocol's number; -1 without IP. */
  int protocol();

  /** Which transport header could be read. */
  Transport transport();

  /** Source port; the type of an ICMP message; -1 without either. */
  int sourcePort();

  /** Destination port; the code of an ICMP message; -1 without either. */
  int destinationPort();

  /** TCP's flags, the low byte; -1 for others. */
  int tcpFlags();

  /** What packets of one connection share; 0 for packets of none. */
  long flow();

  /** What the datapath did, in its outlines. */
  Shape shape();

  /** Whether the user marked it. */
  default boolean marked() {
    return false;
  }

  /** The user's note on it; empty without one. */
  default String note() {
    return "";
  }

  /** Its headers. */
  PacketView view();

  /** What the engines said. */
  PacketReplay replay();
}
