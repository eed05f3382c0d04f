// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.why;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.replay.history.MapHistory;
import org.tailwalk.replay.history.Moment;
import org.tailwalk.replay.history.Write;
import org.tailwalk.text.Message;

/** Which packets set the closing bits of a connection's entry: a FIN one of them, a RST both. */
final class Closing {
  private static final int LOOK_THROUGH = 20_000;
  private static final int BOTH = MapValue.CtEntry.RX_CLOSING | MapValue.CtEntry.TX_CLOSING;

  private Closing() {}

  /**
   * In words, as far as the history reaches; empty when nothing closed the connection that the
   * packet belongs to. An entry that is opened again, or made again, is another connection.
   */
  static Message of(MapHistory index, MapRef map, MapKey.CtTuple key, long packet) {
    List<Message> closed = new ArrayList<>();
    Message here = Message.plain();
    for (Write write : index.life(map, key, Moment.after(Long.MAX_VALUE), LOOK_THROUGH)) {
      int before = bits(write.before());
      int after = bits(write.after());
      boolean ends = write.kind() != Write.Kind.CHANGED || before != 0 && after == 0;
      if (ends && !closed.isEmpty()) {
        if (!(write.writer().before(packet) || by(write, packet))) {
          break;
        }
        closed.clear();
        here = Message.plain();
      }
      int set = after & ~before;
      if (set != 0 && write.writer() instanceof Write.Writer.ByPacket by) {
        closed.add(Message.of("why.closing.sets", by.packet(), by.step(), names(set)));
        if (by.packet() == packet) {
          here = Message.of(after == BOTH ? "why.closing.both" : "why.closing.one");
        }
      }
    }
    return closed.isEmpty() ? Message.plain() : Message.plain(Message.joined(", ", closed), here);
  }

  private static boolean by(Write write, long packet) {
    return write.writer() instanceof Write.Writer.ByPacket by && by.packet() == packet;
  }

  private static int bits(@Nullable MapValue value) {
    return value instanceof MapValue.CtEntry entry ? entry.bits() & BOTH : 0;
  }

  private static Message names(int set) {
    return switch (set) {
      case MapValue.CtEntry.RX_CLOSING -> Message.plain("rx_closing (FIN)");
      case MapValue.CtEntry.TX_CLOSING -> Message.plain("tx_closing (FIN)");
      default -> Message.of("why.closing.rst");
    };
  }
}
