// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.List;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.IpAddress;

/**
 * The key of a map entry. Ports are host integers; {@link #toBytes} gives the bytes as they stand
 * in the map (little endian; addresses and ports in network order), after section 5 and 9 of the
 * datapath facts.
 */
public sealed interface MapKey {
  /** The key as it stands in memory. */
  Bytes toBytes();

  /** The fields by name, for tables. */
  default List<Field> fields() {
    return Field.of((Record) this);
  }

  /**
   * A conntrack tuple ({@code ipv4_ct_tuple}, 14 bytes; {@code ipv6_ct_tuple}, 38). A stored entry
   * has its address names the other way round than the packet that made it.
   *
   * @param dport destination port
   * @param nexthdr IP protocol
   * @param flags 0 OUT, 1 IN, 2 RELATED, 4 SERVICE
   */
  record CtTuple(IpAddress daddr, IpAddress saddr, int dport, int sport, int nexthdr, int flags)
      implements MapKey {
    /** TUPLE_F_OUT. */
    public static final int OUT = 0;

    /** TUPLE_F_IN. */
    public static final int IN = 1;

    /** TUPLE_F_RELATED. */
    public static final int RELATED = 2;

    /** TUPLE_F_SERVICE. */
    public static final int SERVICE = 4;

    @Override
    public Bytes toBytes() {
      int a = daddr.v6() ? 16 : 4;
      return Wire.ofSize(2 * a + 6)
          .address(0, daddr)
          .address(a, saddr)
          .be16(2 * a, dport)
          .be16(2 * a + 2, sport)
          .u8(2 * a + 4, nexthdr)
          .u8(2 * a + 5, flags)
          .done();
    }

    /** Decodes 14 (IPv4) or 38 (IPv6) bytes. */
    public static CtTuple of(Bytes bytes, boolean v6) {
      int a = v6 ? 16 : 4;
      Wire w = Wire.of(bytes, 2 * a + 6);
      return new CtTuple(
          v6 ? w.v6(0) : w.v4(0),
          v6 ? w.v6(a) : w.v4(a),
          w.be16(2 * a),
          w.be16(2 * a + 2),
          w.u8(2 * a + 4),
          w.u8(2 * a + 5));
    }

    /** Addresses and ports swapped, direction bit toggled. */
    public CtTuple reversed() {
      return new CtTuple(saddr, daddr, sport, dport, nexthdr, flags ^ IN);
    }
  }

  /**
   * A policy entry's key ({@code policy_key}, 8 bytes).
   *
   * @param identity the remote's security identity, 0 for any
   * @param dport destination port, 0 for any
   * @param protocol IP protocol, 0 for any
   */
  record PolicyKey(long identity, int dport, int protocol, boolean egress) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(8)
          .u32(0, identity)
          .be16(4, dport)
          .u8(6, protocol)
          .u8(7, egress ? 1 : 0)
          .done();
    }

    static PolicyKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 8);
      return new PolicyKey(w.u32(0), w.be16(4), w.u8(6), (w.u8(7) & 1) != 0);
    }
  }

  /**
   * A prefix of the ipcache ({@code ipcache_key}, 24 bytes).
   *
   * @param prefixlen bits that count, of the address alone (the 32 static ones are added in the
   *     bytes)
   */
  record IpcacheKey(IpAddress address, int prefixlen) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(24)
          .u32(0, prefixlen + 32L)
          .u8(7, address.v6() ? 2 : 1)
          .address(8, address)
          .done();
    }

    static IpcacheKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 24);
      return new IpcacheKey(w.u8(7) == 2 ? w.v6(8) : w.v4(8), (int) w.u32(0) - 32);
    }
  }

  /** The key of endpoint and tunnel maps ({@code endpoint_key}, 20 bytes). */
  record EndpointKey(IpAddress address) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(20).address(0, address).u8(16, address.v6() ? 2 : 1).done();
    }

    static EndpointKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 20);
      return new EndpointKey(w.u8(16) == 2 ? w.v6(0) : w.v4(0));
    }
  }

  /**
   * A service's frontend or one of its slots ({@code lb4_key}, 12 bytes; {@code lb6_key}, 24).
   *
   * @param slot 0 for the frontend, 1..n for a backend
   * @param scope 0 external, 1 internal
   */
  record ServiceKey(IpAddress address, int dport, int slot, int proto, int scope)
      implements MapKey {
    @Override
    public Bytes toBytes() {
      int a = address.v6() ? 16 : 4;
      return Wire.ofSize(a + 8)
          .address(0, address)
          .be16(a, dport)
          .u16(a + 2, slot)
          .u8(a + 4, proto)
          .u8(a + 5, scope)
          .done();
    }

    static ServiceKey of(Bytes bytes, boolean v6) {
      int a = v6 ? 16 : 4;
      Wire w = Wire.of(bytes, a + 8);
      return new ServiceKey(
          v6 ? w.v6(0) : w.v4(0), w.be16(a), w.u16(a + 2), w.u8(a + 4), w.u8(a + 5));
    }
  }

  /**
   * The key of the affinity map ({@code lb4_affinity_key}, 16 bytes; {@code lb6_affinity_key}, 24).
   */
  record AffinityKey(IpAddress client, int revNatIndex, boolean netnsCookie) implements MapKey {
    @Override
    public Bytes toBytes() {
      int at = client.v6() ? 16 : 8;
      return Wire.ofSize(at + 8)
          .address(0, client)
          .u16(at, revNatIndex)
          .u8(at + 2, netnsCookie ? 1 : 0)
          .done();
    }

    static AffinityKey of(Bytes bytes, boolean v6) {
      int at = v6 ? 16 : 8;
      Wire w = Wire.of(bytes, at + 8);
      return new AffinityKey(v6 ? w.v6(0) : w.v4(0), w.u16(at), (w.u8(at + 2) & 1) != 0);
    }
  }

  /** The key of the affinity match map (8 bytes). */
  record AffinityMatchKey(long backendId, int revNatIndex) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(8).u32(0, backendId).u16(4, revNatIndex).done();
    }

    static AffinityMatchKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 8);
      return new AffinityMatchKey(w.u32(0), w.u16(4));
    }
  }

  /** An IPv4 datagram in fragments ({@code ipv4_frag_id}, 12 bytes). */
  record FragmentKey(IpAddress daddr, IpAddress saddr, int id, int proto) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(12).address(0, daddr).address(4, saddr).be16(8, id).u8(10, proto).done();
    }

    static FragmentKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 12);
      return new FragmentKey(w.v4(0), w.v4(4), w.be16(8), w.u8(10));
    }
  }

  /**
   * The key of the metrics map (8 bytes).
   *
   * @param reason 0 forwarded, 2 or 130 up for drops, others as in {@link DropReason}
   */
  record MetricsKey(int reason, MetricDirection direction) implements MapKey {
    @Override
    public Bytes toBytes() {
      return Wire.ofSize(8).u8(0, reason).u8(1, direction.code()).done();
    }

    static MetricsKey of(Bytes bytes) {
      Wire w = Wire.of(bytes, 8);
      return new MetricsKey(w.u8(0), MetricDirection.ofCode(w.u8(1) & 3));
    }
  }

  /** A number as key, of 4 bytes (arrays, program arrays, backends) or 2 (reverse NAT index). */
  record IndexKey(long index, int size) implements MapKey {
    /** A 4-byte index. */
    public static IndexKey u32(long index) {
      return new IndexKey(index, 4);
    }

    /** A 2-byte index. */
    public static IndexKey u16(long index) {
      return new IndexKey(index, 2);
    }

    @Override
    public Bytes toBytes() {
      Wire w = Wire.ofSize(size);
      return size == 2 ? w.u16(0, (int) index).done() : w.u32(0, index).done();
    }

    static IndexKey of(Bytes bytes, int size) {
      Wire w = Wire.of(bytes, size);
      return new IndexKey(size == 2 ? w.u16(0) : w.u32(0), size);
    }
  }

  /** The key of a map that we know nothing about. */
  record RawKey(Bytes bytes) implements MapKey {
    @Override
    public Bytes toBytes() {
      return bytes;
    }
  }
}
