// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

import org.tailwalk.datapath.header.RawPort;
import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.Notification;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;

/**
 * Debug messages and captures (section 6.6), only in builds with {@code DEBUG}. Their places and
 * arguments are those of recorded runs. They go out in the name of the endpoint whose program runs.
 */
public final class DebugNotify {
  public static final int LOCAL_DELIVERY = 2;
  public static final int POLICY_DENIED = 5;
  public static final int CT_MATCH = 8;

  /** The number of the capture PROXY_PRE, which is sent as a message. */
  public static final int PROXY_PRE = 8;

  public static final int ICMP6_HANDLE = 11;
  public static final int ICMP6_REQUEST = 12;
  public static final int ICMP6_NS = 13;
  public static final int ICMP6_TIME_EXCEEDED = 14;
  public static final int CT_VERDICT = 15;
  public static final int LB4_LOOPBACK_SNAT = 38;
  public static final int LB4_LOOPBACK_SNAT_REV = 39;
  public static final int SKIP_PROXY = 54;
  public static final int L4_CREATE = 55;
  public static final int INHERIT_IDENTITY = 61;
  public static final int L7_LB = 65;

  /** Capture subtype. */
  public static final int DELIVERY = 4;

  private static final int MOST_CAPTURED = 128;

  private final boolean compiled;

  /**
   * A message with a number for each family.
   *
   * @param v4 its number for IPv4
   * @param v6 its number for IPv6
   */
  public record PerFamily(int v4, int v6) {
    public static final PerFamily CT_LOOKUP_1 = new PerFamily(48, 51);
    public static final PerFamily CT_LOOKUP_2 = new PerFamily(49, 52);
    public static final PerFamily CT_CREATED = new PerFamily(50, 53);
    public static final PerFamily IP_ID_MAP_FAILED = new PerFamily(56, 57);
    public static final PerFamily IP_ID_MAP_SUCCEED = new PerFamily(58, 59);
    public static final PerFamily LB_LOOKUP_BACKEND_SLOT = new PerFamily(32, 24);
    public static final PerFamily LB_LOOKUP_BACKEND_SLOT_FAIL = new PerFamily(34, 26);
    public static final PerFamily LB_LOOKUP_BACKEND_FAIL = new PerFamily(35, 27);
    public static final PerFamily LB_REVERSE_NAT_LOOKUP = new PerFamily(36, 28);
    public static final PerFamily LB_REVERSE_NAT = new PerFamily(37, 29);

    int of(boolean ipv6) {
      return ipv6 ? v6 : v4;
    }
  }

  /** Silent unless the build has {@code DEBUG}. */
  public DebugNotify(DatapathConfig config) {
    this.compiled = config.has(DatapathOption.DEBUG);
  }

  /** Whether messages go out at all. */
  public boolean on() {
    return compiled;
  }

  /** A message with two arguments. */
  public void message(Run run, int subtype, long arg1, long arg2) {
    message(run, subtype, arg1, arg2, 0);
  }

  /** A message with three arguments, each cut to 32 bits. */
  public void message(Run run, int subtype, long arg1, long arg2, long arg3) {
    if (compiled) {
      int source = run.program().endpoint();
      run.output(new Notification.Debug(source, subtype, u32(arg1), u32(arg2), u32(arg3)));
    }
  }

  /** A message that has a number for each family. */
  public void message(Run run, PerFamily subtype, boolean v6, long arg1, long arg2, long arg3) {
    message(run, subtype.of(v6), arg1, arg2, arg3);
  }

  /** A capture of the packet. */
  public void capture(Run run, int subtype, long arg1) {
    if (compiled) {
      run.output(
          new Notification.DebugCapture(
              run.program().endpoint(),
              subtype,
              run.skb().length(),
              u32(arg1),
              0,
              run.skb().head(MOST_CAPTURED)));
    }
  }

  /** An address as messages carry it: its last four bytes, read little endian. */
  public static long raw(IpAddress address) {
    return Integer.reverseBytes((int) address.lo()) & 0xffffffffL;
  }

  /** The four bytes in front of an IPv6 address's last four, read little endian. */
  public static long rawThird(IpAddress address) {
    return Integer.reverseBytes((int) (address.lo() >>> 32)) & 0xffffffffL;
  }

  /** A port as messages carry it when the program has it from a map or a tuple. */
  public static long raw(int port) {
    return RawPort.swap(port);
  }

  private static long u32(long value) {
    return value & 0xffffffffL;
  }
}
