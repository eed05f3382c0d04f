// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

import java.util.List;
import org.tailwalk.text.Message;

/**
 * Two captures in parallel rows. Every packet of both stands in exactly one row. Rows follow A's
 * order; what only B has stands behind the packet that it followed there. Inside a flow and
 * direction B's order is kept as well, but for packets that are marked as reordered.
 */
public final class Alignment {
  private static final Basis[] BASES = Basis.values();

  private final AlignBy by;
  private final int[] a;
  private final int[] b;
  private final byte[] basis;
  private final int[] flowPair;
  private final List<FlowPair> flows;
  private final int[] rowOfA;
  private final int[] rowOfB;

  Alignment(
      AlignBy by,
      int[] a,
      int[] b,
      byte[] basis,
      int[] flowPair,
      List<FlowPair> flows,
      int sizeA,
      int sizeB) {
    this.by = by;
    this.a = a;
    this.b = b;
    this.basis = basis;
    this.flowPair = flowPair;
    this.flows = List.copyOf(flows);
    this.rowOfA = new int[sizeA];
    this.rowOfB = new int[sizeB];
    for (int row = 0; row < a.length; row++) {
      if (a[row] > 0) {
        rowOfA[a[row] - 1] = row;
      }
      if (b[row] > 0) {
        rowOfB[b[row] - 1] = row;
      }
    }
  }

  /** How it was made. */
  public AlignBy by() {
    return by;
  }

  /** How many rows. */
  public int size() {
    return a.length;
  }

  /** The packet of A in a 0-based row; 0 for none. */
  public int a(int row) {
    return a[row];
  }

  /** The packet of B in a 0-based row; 0 for none. */
  public int b(int row) {
    return b[row];
  }

  /** Why the two stand together. */
  public Basis basis(int row) {
    return BASES[basis[row]];
  }

  /** The flows of a row's packets; empty list index -1 when not aligned by flow. */
  public int flowPair(int row) {
    return flowPair[row];
  }

  /** The flows, paired and alone; empty when not aligned by flow. */
  public List<FlowPair> flows() {
    return flows;
  }

  /** The 0-based row of a packet of A. */
  public int rowOfA(int packet) {
    return rowOfA[packet - 1];
  }

  /** The 0-based row of a packet of B. */
  public int rowOfB(int packet) {
    return rowOfB[packet - 1];
  }

  /** How sure a row is, 0 to 100: the packets' own likeness and their flows'. */
  public int percent(int row) {
    int own = basis(row).percent();
    return flowPair[row] < 0 || own == 0 ? own : own * flows.get(flowPair[row]).percent() / 100;
  }

  /** Why a row is as sure as it is, for people, in English. */
  public String reason(int row) {
    return why(row).english();
  }

  /** Why a row is as sure as it is, for people. */
  public Message why(int row) {
    if (flowPair[row] < 0) {
      return basis(row).message();
    }
    FlowPair pair = flows.get(flowPair[row]);
    if (basis(row) == Basis.NONE) {
      return pair.a() < 0 || pair.b() < 0
          ? Message.of("compare.alone.flow", pair.why())
          : Message.of("compare.alone.packet");
    }
    return Message.of("compare.basis.flow", basis(row).message(), pair.why());
  }
}
