// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.ArrayList;
import java.util.List;

/** Hands out site ids in order and keeps the table. */
final class Sites {
  private final int first;
  private final List<TraceSite> sites = new ArrayList<>();

  Sites(int first) {
    this.first = first;
  }

  int nextId() {
    return first + sites.size();
  }

  void add(TraceSite site) {
    if (site.id() != nextId()) {
      throw new IllegalArgumentException("site " + site.id() + " out of order");
    }
    sites.add(site);
  }

  /** Forgets the sites of an attempt that did not fit. */
  void truncate(int nextId) {
    sites.subList(nextId - first, sites.size()).clear();
  }

  List<TraceSite> all() {
    return List.copyOf(sites);
  }
}
