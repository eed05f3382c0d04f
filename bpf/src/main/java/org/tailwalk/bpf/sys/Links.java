// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.sys;

import static org.tailwalk.bpf.sys.Capability.CAP_NET_ADMIN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Interfaces of the calling thread's network namespace, by rtnetlink: create with a chosen index,
 * set up. Message layouts: linux/rtnetlink.h, linux/if_link.h.
 */
public final class Links implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
  private static final int RTM_NEWLINK = 16;
  private static final int NLMSG_ERROR = 2;
  private static final int F_REQUEST_ACK = 1 | 4;
  private static final int F_CREATE_EXCL = 0x400 | 0x200;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFF_UP = 1;

  private final Fd socket;

  private Links(Fd socket) {
    this.socket = socket;
  }

  /** Opens a socket in the calling thread's namespace. */
  public static Links open() throws SysException {
    return new Links(
        new Fd(
            SysException.check(
                Syscall.SOCKET.call(AF_NETLINK, SOCK_RAW_CLOEXEC, 0), "open rtnetlink socket")));
  }

  /**
   * Creates an interface.
   *
   * @param kind the driver: {@code dummy}, {@code ifb}, {@code veth}, {@code bridge}
   * @param mac six bytes, or none for one of the kernel's choice
   * @throws SysException {@code EOPNOTSUPP} when this kernel lacks the driver
   */
  public void create(String name, int ifindex, String kind, byte[] mac) throws SysException {
    ByteBuffer b = message(F_REQUEST_ACK | F_CREATE_EXCL, ifindex, 0);
    attribute(b, IFLA_IFNAME, (name + "\0").getBytes(StandardCharsets.US_ASCII));
    if (mac.length > 0) {
      attribute(b, IFLA_ADDRESS, mac);
    }
    int start = b.position();
    b.putShort((short) 0).putShort((short) IFLA_LINKINFO);
    attribute(b, IFLA_INFO_KIND, kind.getBytes(StandardCharsets.US_ASCII));
    b.putShort(start, (short) (b.position() - start));
    transact(b, "create " + kind + " interface " + name + " with index " + ifindex);
  }

  /** Sets an interface up. */
  public void up(int ifindex) throws SysException {
    transact(message(F_REQUEST_ACK, ifindex, IFF_UP), "set interface " + ifindex + " up");
  }

  private static ByteBuffer message(int flags, int ifindex, int ifFlags) {
    ByteBuffer b = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0).putShort((short) RTM_NEWLINK).putShort((short) flags).putInt(1).putInt(0);
    b.put((byte) 0).put((byte) 0).putShort((short) 0).putInt(ifindex);
    return b.putInt(ifFlags).putInt(IFF_UP);
  }

  private static void attribute(ByteBuffer b, int type, byte[] value) {
    b.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    while (b.position() % 4 != 0) {
      b.put((byte) 0);
    }
  }

  private void transact(ByteBuffer b, String what) throws SysException {
    b.putInt(0, b.position());
    byte[] request = new byte[b.position()];
    b.get(0, request);
    try (NativeBuffer out = NativeBuffer.copyOf(request);
        NativeBuffer in = NativeBuffer.scratch(8192)) {
      SysException.check(
          Syscall.SENDTO.call(socket.number(), out.address(), request.length, 0, 0, 0), what);
      long n =
          SysException.check(
              Syscall.RECVFROM.call(socket.number(), in.address(), in.size(), 0, 0, 0), what);
      int type = n >= 20 ? in.getShort(4) : 0;
      if (type != NLMSG_ERROR) {
        throw new SysException(what, Errno.EINVAL, "unexpected answer of type " + type);
      }
      SysException.check(in.getInt(16), what, CAP_NET_ADMIN);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
