// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where the tap of a capture was. It decides which frames were seen before the datapath (their
 * replay is what happened) and which after it (their replay is a reconstruction).
 */
public enum CapturePoint {
  /** The host side of a pod's veth: from the pod before the datapath, to the pod after it. */
  POD_VETH("pod-veth"),
  /** The node's own interface: to the pods before the datapath, from the pods after it. */
  NODE_INTERFACE("node-interface"),
  /** All interfaces at once: a frame's first sighting is before the datapath. */
  ANY("any");

  private final String label;

  CapturePoint(String label) {
    this.label = label;
  }

  /** The word in scenarios. */
  public String label() {
    return label;
  }

  /**
   * Whether a frame seen here had not been through the datapath yet.
   *
   * @param fromPod the frame leaves a pod; else it goes to one
   */
  public boolean preDatapath(boolean fromPod) {
    return switch (this) {
      case POD_VETH -> fromPod;
      case NODE_INTERFACE -> !fromPod;
      case ANY -> true;
    };
  }

  /**
   * The point of a word.
   *
   * @throws IllegalArgumentException naming the words there are
   */
  public static CapturePoint parse(String word) {
    for (CapturePoint point : values()) {
      if (point.label.equals(word)) {
        return point;
      }
    }
    throw new IllegalArgumentException(
        "unknown capture point \"%s\"; there are %s"
            .formatted(
                word,
                Arrays.stream(values())
                    .map(CapturePoint::label)
                    .collect(Collectors.joining(", "))));
  }
}
