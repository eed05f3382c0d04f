// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import org.jspecify.annotations.Nullable;

/**
 * An instance of a program: which endpoint's, and which slot of the graph. What it is called is no
 * part of what it is: two that differ in their function alone are equal.
 *
 * @param endpoint the id of the endpoint whose instance runs
 * @param id {@code from-container}, {@code to-container}, {@code policy}, {@code policy-egress}, or
 *     {@code 2/7} for slot 7 of the endpoint's calls map; other objects: the section's name
 * @param function its C function in the object that ran; empty where that isn't known
 */
public record ProgramRef(int endpoint, String id, String function) {
  /** A program whose function isn't known. */
  public ProgramRef(int endpoint, String id) {
    this(endpoint, id, "");
  }

  /** The program in slot {@code index} of the endpoint's private calls map. */
  public static ProgramRef call(int endpoint, int index) {
    return new ProgramRef(endpoint, "2/" + index);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ProgramRef p && endpoint == p.endpoint && id.equals(p.id);
  }

  @Override
  public int hashCode() {
    return 31 * endpoint + id.hashCode();
  }

  @Override
  public String toString() {
    return endpoint + ":" + id;
  }
}
