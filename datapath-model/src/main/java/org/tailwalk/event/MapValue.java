// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;

/** The value of a map entry, with the bytes as they stand in the map. */
public sealed interface MapValue {
  /** The value as it stands in memory. */
  Bytes toBytes();

  /** The fields by name, for tables and deltas. */
  default List<Field> fields() {
    return Field.of((Record) this);
  }

  /**
   * A conntrack entry ({@code ct_entry}, 56 bytes). Numbers are unsigned.
   *
   * @param rxBytes for SERVICE entries the backend's id
   * @param lifetime absolute expiry in clock units (seconds)
   * @param bits flag bits, see the constants
   */
  record CtEntry(
      long rxPackets,
      long rxBytes,
      long txPackets,
      long txBytes,
      long lifetime,
      int bits,
      int revNatIndex,
      int ifindex,
      int txFlagsSeen,
      int rxFlagsSeen,
      long srcSecId,
      long lastTxReport,
      long lastRxReport)
      implements MapValue {
    public static final int RX_CLOSING = 1;
    public static final int TX_CLOSING = 2;
    public static final int NAT46 = 4;
    public static final int LB_LOOPBACK = 8;
    public static final int SEEN_NON_SYN = 16;
    public static final int NODE_PORT = 32;
    public static final int PROXY_REDIRECT = 64;
    public static final int DSR = 128;
    public static final int FROM_L7LB = 256;

    private static final List<String> BIT_NAMES =
        List.of(
            "rx_closing",
            "tx_closing",
            "nat46",
            "lb_loopback",
            "seen_non_syn",
            "node_port",
            "proxy_redirect",
            "dsr",
            "from_l7lb");

    /** Whether any of the bits is set. */
    public boolean has(int bit) {
      return (bits & bit) != 0;
    }

    /** The names of the bits that are set, in order of position. */
    public List<String> bitNames() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        if ((bits >> i & 1) != 0) {
          names.add(i < BIT_NAMES.size() ? BIT_NAMES.get(i) : "reserved" + i);
        }
      }
      return List.copyOf(names);
    }

    @Override
    public List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      for (Field field : Field.of(this)) {
        switch (field.name()) {
          case "bits" -> {
            for (int i = 0; i < BIT_NAMES.size(); i++) {
              fields.add(new Field(BIT_NAMES.get(i), (bits >> i & 1) == 0 ? "0" : "1"));
            }
            if (bits >> 9 != 0) {
              fields.add(new Field("reserved", "0x" + Integer.toHexString(bits >> 9)));
            }
          }
          case "tx_flags_seen" -> fields.add(new Field(field.name(), flags(txFlagsSeen)));
          case "rx_flags_seen" -> fields.add(new Field(field.name(), flags(rxFlagsSeen)));
          default -> fields.add(field);
        }
      }
      return List.copyOf(fields);
    }

    private static String flags(int seen) {
      StringBuilder text = new StringBuilder("0x").append(HexFormat.of().toHexDigits((byte) seen));
      String[] names = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
      for (int i = 0; i < 8; i++) {
        if ((seen >> i & 1) != 0) {
          text.append(' ').append(names[i]);
        }
      }
      return text.toString();
    }

    @Override
    public Bytes toBytes() {
      return Wire.ofSize(56)
          .u64(0, rxPackets)
          .u64(8, rxBytes)
          .u64(16, txPackets)
          .u64(24, txBytes)
          .u32(32, lifetime)
          .u16(36, bits)
          .u16(38, revNatIndex)
          .u16(40, ifindex)
          .u8(42, txFlagsSeen)
          .u8(43, rxFlagsSeen)
          .u32(44, srcSecId)
          .u32(48, lastTxReport)
          .u32(52, lastRxReport)
          .done();
    }

    /** Decodes 56 bytes. */
    public static CtEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 56);
      return new CtEntry(
          w.u64(0), w.u64(8), w.u64(16), w.u64(24), w.u32(32), w.u16(36), w.u16(38), w.u16(40),
          w.u8(42), w.u8(43), w.u32(44), w.u32(48), w.u32(52));
    }
  }

  /**
   * A conntrack lookup's result handed to the next program ({@code ct_buffer4}, 48 bytes; {@code
   * ct_buffer6}, 72).
   *
   * @param stateBits 0 loopback, 1 node_port, 2 dsr, 3 syn, 4 proxy_redirect, 5 from_l7lb
   * @param addr IPv4 address, 0.0.0.0 when unset
   * @param monitor how many bytes to report, 0 for none
   * @param ret the lookup's status 0..4, or a negative error
   */
  record CtBuffer(
      MapKey.CtTuple tuple,
      int revNatIndex,
      int stateBits,
      IpAddress addr,
      IpAddress svcAddr,
      long srcSecId,
      int ifindex,
      long backendId,
      long monitor,
      int ret)
      implements MapValue {
    @Override
    public Bytes toBytes() {
      boolean v6 = tuple.daddr().v6();
      int s = v6 ? 40 : 16;
      return Wire.ofSize(v6 ? 72 : 48)
          .bytes(0, tuple.toBytes().toArray())
          .u16(s, revNatIndex)
          .u16(s + 2, stateBits)
          .address(s + 4, addr)
          .address(s + 8, svcAddr)
          .u32(s + 12, srcSecId)
          .u16(s + 16, ifindex)
          .u32(s + 20, backendId)
          .u32(s + 24, monitor)
          .u32(s + 28, ret)
          .done();
    }

    /** Decodes 48 (IPv4) or 72 (IPv6) bytes. */
    public static CtBuffer of(Bytes bytes, boolean v6) {
      int s = v6 ? 40 : 16;
      Wire w = Wire.of(bytes, v6 ? 72 : 48);
      return new CtBuffer(
          MapKey.CtTuple.of(bytes, v6),
          w.u16(s),
          w.u16(s + 2),
          w.v4(s + 4),
          w.v4(s + 8),
          w.u32(s + 12),
          w.u16(s + 16),
          w.u32(s + 20),
          w.u32(s + 24),
          (int) w.u32(s + 28));
    }
  }

  /**
   * A policy entry ({@code policy_entry}, 24 bytes).
   *
   * @param proxyPort 0 for a plain allow, in host order
   */
  record PolicyEntry(int proxyPort, boolean deny, long packets, long bytes) implements MapValue {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(24)
          .be16(0, proxyPort)
          .u8(2, deny ? 1 : 0)
          .u64(8, packets)
          .u64(16, bytes)
          .done();
    }

    static PolicyEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 24);
      return new PolicyEntry(w.be16(0), (w.u8(2) & 1) != 0, w.u64(8), w.u64(16));
    }
  }

  /** What the ipcache says of a prefix ({@code remote_endpoint_info}, 12 bytes). */
  record IpcacheEntry(long identity, IpAddress tunnelEndpoint, int key) implements MapValue {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(12).u32(0, identity).address(4, tunnelEndpoint).u8(8, key).done();
    }

    static IpcacheEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 12);
      return new IpcacheEntry(w.u32(0), w.v4(4), w.u8(8));
    }
  }

  /**
   * A local endpoint ({@code endpoint_info}, 48 bytes).
   *
   * @param flags 1 for the host
   */
  record EndpointInfo(long ifindex, int lxcId, long flags, MacAddress mac, MacAddress nodeMac)
      implements MapValue {
    /** ENDPOINT_F_HOST. */
    public static final int HOST = 1;

    @Override
    public Bytes toBytes() {
      return Wire.ofSize(48)
          .u32(0, ifindex)
          .u16(6, lxcId)
          .u32(8, flags)
          .bytes(16, mac.toBytes())
          .bytes(24, nodeMac.toBytes())
          .done();
    }

    static EndpointInfo of(Bytes bytes) {
      Wire w = Wire.of(bytes, 48);
      return new EndpointInfo(
          w.u32(0),
          w.u16(6),
          w.u32(8),
          MacAddress.of(w.bytes(16, 6), 0),
          MacAddress.of(w.bytes(24, 6), 0));
    }
  }

  /**
   * A service or one of its slots ({@code lb4_service} and {@code lb6_service}, 12 bytes).
   *
   * @param word0 in slot 0 the affinity timeout in seconds or the L7 proxy port as stored, else the
   *     backend's id
   */
  record ServiceEntry(long word0, int count, int revNatIndex, int flags, int flags2)
      implements MapValue {
    /** Only backends of the inner scope, in {@code flags}; asked for in 2020 alone. */
    public static final int LOCAL_SCOPE = 4;

    /** Session affinity, in {@code flags}. */
    public static final int AFFINITY = 16;

    /** L7 load balancing, in {@code flags2}. */
    public static final int L7_LB = 4;

    @Override
    public Bytes toBytes() {
      return Wire.ofSize(12)
          .u32(0, word0)
          .u16(4, count)
          .u16(6, revNatIndex)
          .u8(8, flags)
          .u8(9, flags2)
          .done();
    }

    static ServiceEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 12);
      return new ServiceEntry(w.u32(0), w.u16(4), w.u16(6), w.u8(8), w.u8(9));
    }
  }

  /**
   * A service's backend ({@code lb4_backend}, 8 bytes; {@code lb6_backend}, 20).
   *
   * @param state 0 active, 1 terminating, 2 quarantined, 3 maintenance
   */
  record BackendEntry(IpAddress address, int port, int proto, int state) implements MapValue {
    @Override
    public Bytes toBytes() {
      int a = address.v6() ? 16 : 4;
      return Wire.ofSize(a + 4)
          .address(0, address)
          .be16(a, port)
          .u8(a + 2, proto)
          .u8(a + 3, state)
          .done();
    }

    static BackendEntry of(Bytes bytes, boolean v6) {
      int a = v6 ? 16 : 4;
      Wire w = Wire.of(bytes, a + 4);
      return new BackendEntry(v6 ? w.v6(0) : w.v4(0), w.be16(a), w.u8(a + 2), w.u8(a + 3));
    }
  }

  /**
   * Where a reverse NAT index leads back to ({@code lb4_reverse_nat}, 6 bytes; {@code
   * lb6_reverse_nat}, 18).
   */
  record ReverseNat(IpAddress address, int port) implements MapValue {
    @Override
    public Bytes toBytes() {
      int a = address.v6() ? 16 : 4;
      return Wire.ofSize(a + 2).address(0, address).be16(a, port).done();
    }

    static ReverseNat of(Bytes bytes, boolean v6) {
      int a = v6 ? 16 : 4;
      Wire w = Wire.of(bytes, a + 2);
      return new ReverseNat(v6 ? w.v6(0) : w.v4(0), w.be16(a));
    }
  }

  /** The backend a client is bound to ({@code lb_affinity_val}, 16 bytes). */
  record AffinityEntry(long lastUsed, long backendId) implements MapValue {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(16).u64(0, lastUsed).u32(8, backendId).done();
    }

    static AffinityEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 16);
      return new AffinityEntry(w.u64(0), w.u32(8));
    }
  }

  /**
   * The ports of a fragmented datagram ({@code ipv4_frag_l4ports}, 4 bytes), as on the wire: source
   * port first.
   */
  record FragmentPorts(int sport, int dport) implements MapValue {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(4).be16(0, sport).be16(2, dport).done();
    }

    static FragmentPorts of(Bytes bytes) {
      Wire w = Wire.of(bytes, 4);
      return new FragmentPorts(w.be16(0), w.be16(2));
    }
  }

  /** A metric, summed over CPUs ({@code metrics_value}, 16 bytes a CPU). */
  record MetricsEntry(long count, long bytes) implements MapValue {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(16).u64(0, count).u64(8, bytes).done();
    }

    static MetricsEntry of(Bytes bytes) {
      Wire w = Wire.of(bytes, 16);
      return new MetricsEntry(w.u64(0), w.u64(8));
    }
  }

  /** A value that we know nothing about. */
  record RawValue(Bytes bytes) implements MapValue {
    @Override
    public Bytes toBytes() {
      return bytes;
    }
  }
}
