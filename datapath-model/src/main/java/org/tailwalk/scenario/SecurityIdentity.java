// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import java.util.Map;

/**
 * A security identity and the labels it stands for.
 *
 * @param id 1 up; below 256 reserved, from 16777216 local to the node (CIDR)
 * @param labels such as {@code k8s:app=web} or {@code reserved:world}
 */
public record SecurityIdentity(long id, List<String> labels) {
  /** The reserved identities and their labels (section 9 of the datapath facts). */
  public static final Map<Long, String> RESERVED =
      Map.of(
          1L, "reserved:host",
          2L, "reserved:world",
          3L, "reserved:unmanaged",
          4L, "reserved:health",
          5L, "reserved:init",
          6L, "reserved:remote-node",
          7L, "reserved:kube-apiserver",
          8L, "reserved:ingress");

  /** Keeps its own copy. */
  public SecurityIdentity {
    labels = List.copyOf(labels);
  }
}
