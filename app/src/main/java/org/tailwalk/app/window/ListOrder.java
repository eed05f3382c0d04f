// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import org.jspecify.annotations.Nullable;
import org.tailwalk.app.packets.PacketsViewModel;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.transport.Order;

/** Playing goes through the packets that the list shows. */
record ListOrder(PacketsViewModel packets, @Nullable Replay replay) implements Order {
  @Override
  public int total() {
    return packets.tableProperty().get().size();
  }

  @Override
  public int next(int packet) {
    return packets.shownProperty().get().next(packet);
  }

  @Override
  public int previous(int packet) {
    return packets.shownProperty().get().previous(packet);
  }

  @Override
  public int nextDrop(int packet) {
    return packets.nextDrop(packet);
  }

  @Override
  public int nextDivergence(int packet) {
    return packets.nextDivergence(packet);
  }

  @Override
  public long sinceFirstNanos(int packet) {
    return replay == null || packet > replay.summaries().size()
        ? 0
        : replay.summaries().sinceFirstNanos(packet);
  }
}
