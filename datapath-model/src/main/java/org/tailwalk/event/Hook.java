// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

/** Where a packet enters an endpoint's programs. */
public enum Hook {
  /** TC ingress of the host side of the endpoint's veth. */
  FROM_CONTAINER("from-container"),
  /** TC egress of the host side of the endpoint's veth. */
  TO_CONTAINER("to-container"),
  /** The policy-call map's slot of the endpoint. */
  HANDLE_POLICY("policy");

  private final String programId;

  Hook(String programId) {
    this.programId = programId;
  }

  /** The entry program's id in a {@link ProgramRef}. */
  public String programId() {
    return programId;
  }
}
