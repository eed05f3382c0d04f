// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

/**
 * An instance of a program: which endpoint's, and which slot of the graph.
 *
 * @param endpoint the id of the endpoint whose instance runs
 * @param id {@code from-container}, {@code to-container}, {@code policy}, {@code policy-egress}, or
 *     {@code 2/7} for slot 7 of the endpoint's calls map; other objects: the section's name
 */
public record ProgramRef(int endpoint, String id) {
  /** The program in slot {@code index} of the endpoint's private calls map. */
  public static ProgramRef call(int endpoint, int index) {
    return new ProgramRef(endpoint, "2/" + index);
  }

  @Override
  public String toString() {
    return endpoint + ":" + id;
  }
}
