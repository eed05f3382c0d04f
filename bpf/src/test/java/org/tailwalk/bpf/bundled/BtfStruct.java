// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.bundled;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tailwalk.bpf.btf.Btf;
import org.tailwalk.bpf.btf.BtfFormatException;
import org.tailwalk.bpf.btf.BtfType;

/**
 * A C struct by its BTF: nested structs are taken apart ({@code capture.common.type}), nameless
 * ones without a name of their own; named unions (addresses) and arrays stay whole.
 *
 * @param members name to place, in order
 */
record BtfStruct(String name, int size, Map<String, Place> members) {
  /** Bits from the struct's beginning, and how many. */
  record Place(int offset, int bits) {}

  static BtfStruct of(Btf btf, String name) throws BtfFormatException {
    int id = btf.composite(name).orElseThrow(() -> new AssertionError("no struct " + name));
    Map<String, Place> members = new LinkedHashMap<>();
    collect(btf, (BtfType.Composite) btf.type(id).orElseThrow(), "", 0, members);
    return new BtfStruct(name, btf.size(id), members);
  }

  private static void collect(
      Btf btf, BtfType.Composite type, String prefix, int base, Map<String, Place> to)
      throws BtfFormatException {
    for (BtfType.Member member : type.members()) {
      int offset = base + (type.bitfields() ? member.placement() & 0xffffff : member.placement());
      int bits = type.bitfields() ? member.placement() >>> 24 : 0;
      String name = member.name().text();
      BtfType of = btf.resolve(member.type()).orElseThrow();
      if (of instanceof BtfType.Composite inner && (name.isEmpty() || !inner.union())) {
        collect(btf, inner, name.isEmpty() ? prefix : prefix + name + ".", offset, to);
      } else {
        to.put(prefix + name, new Place(offset, bits == 0 ? btf.size(member.type()) * 8 : bits));
      }
    }
  }

  /** The member's bits of a struct in memory, read as one little-endian number. */
  BigInteger read(byte[] struct, String member) {
    Place place = members.get(member);
    byte[] bigEndian = new byte[struct.length];
    for (int i = 0; i < struct.length; i++) {
      bigEndian[i] = struct[struct.length - 1 - i];
    }
    return new BigInteger(1, bigEndian)
        .shiftRight(place.offset())
        .and(BigInteger.ONE.shiftLeft(place.bits()).subtract(BigInteger.ONE));
  }

  /** Bytes of a member as a little-endian number, to compare with {@link #read}. */
  static BigInteger number(byte... memory) {
    byte[] bytes = memory.clone();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = memory[memory.length - 1 - i];
    }
    return new BigInteger(1, bytes);
  }

  /** The bits of the struct that no member of the given names covers. */
  boolean[] uncovered(Iterable<String> names) {
    boolean[] free = new boolean[size * 8];
    Arrays.fill(free, true);
    for (String name : names) {
      Place place = members.get(name);
      Arrays.fill(free, place.offset(), place.offset() + place.bits(), false);
    }
    return free;
  }
}
