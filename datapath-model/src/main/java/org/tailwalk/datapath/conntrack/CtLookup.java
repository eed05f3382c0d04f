// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.conntrack;

import org.tailwalk.event.CtStatus;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MapValue.CtBuffer;
import org.tailwalk.packet.IpAddress;

/**
 * What a conntrack lookup gave.
 *
 * @param result the status's code, or the negative error
 * @param tuple as looked up last: reversed unless the reverse lookup hit
 * @param monitor how many bytes to report, 0 for none
 */
public record CtLookup(int result, CtTuple tuple, CtState state, long monitor) {
  private static final CtTuple NO_TUPLE = new CtTuple(IpAddress.ANY4, IpAddress.ANY4, 0, 0, 0, 0);

  /** No result but an error. */
  public static CtLookup failed(int error) {
    return new CtLookup(error, NO_TUPLE, new CtState(), 0);
  }

  /** Read back from the hand-over buffer. */
  public static CtLookup of(CtBuffer buffer) {
    return new CtLookup(buffer.ret(), buffer.tuple(), CtState.of(buffer), buffer.monitor());
  }

  /** As written to the hand-over buffer. */
  public CtBuffer toBuffer() {
    return new CtBuffer(
        tuple,
        state.revNatIndex,
        state.bits(),
        state.addr,
        state.svcAddr,
        state.srcSecId,
        state.ifindex,
        state.backendId,
        monitor,
        result);
  }

  /** Whether the status is this one. */
  public boolean is(CtStatus status) {
    return result == status.code();
  }

  /** Whether it is a packet of the other direction, or an error about the connection. */
  public boolean replyOrRelated() {
    return is(CtStatus.REPLY) || is(CtStatus.RELATED);
  }

  /** Whether it opens a connection, for the first time or again. */
  public boolean newOrReopened() {
    return is(CtStatus.NEW) || is(CtStatus.REOPENED);
  }
}
