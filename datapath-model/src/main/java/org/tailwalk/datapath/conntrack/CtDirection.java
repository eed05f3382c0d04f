// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MetricDirection;

/** Whose packet a conntrack lookup is about. */
public enum CtDirection {
  EGRESS(CtTuple.IN, MetricDirection.EGRESS),
  INGRESS(CtTuple.OUT, MetricDirection.INGRESS),
  SERVICE(CtTuple.SERVICE, MetricDirection.SERVICE);

  private final int initialFlags;
  private final MetricDirection metric;

  CtDirection(int initialFlags, MetricDirection metric) {
    this.initialFlags = initialFlags;
    this.metric = metric;
  }

  /** The tuple's flags in the first lookup, which is the reverse one. */
  int initialFlags() {
    return initialFlags;
  }

  /** How metrics count this direction. */
  public MetricDirection metric() {
    return metric;
  }
}
