// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapValue;
import org.tailwalk.text.Message;

/**
 * What once happened to a map entry, and through whom.
 *
 * @param before the entry before; null when there was none
 * @param after the entry then; null when it is gone
 */
public record Write(Writer writer, Kind kind, @Nullable MapValue before, @Nullable MapValue after) {
  /** What happened. */
  public enum Kind {
    CREATED,
    CHANGED,
    DELETED
  }

  /** Who did it. */
  public sealed interface Writer {
    /** The agent's control plane, before the first packet. */
    record ControlPlane() implements Writer {}

    /**
     * A program, for a packet.
     *
     * @param step the row of the packet that shows it: the S of {@code P6.S4}
     * @param timeNanos virtual time
     */
    record ByPacket(long packet, int step, long timeNanos) implements Writer {}

    /**
     * The agent's conntrack collector.
     *
     * @param nextPacket the packet that came next; after a signal, the one that signalled
     * @param signalled whether the datapath's signal of a full map called it, in that packet
     * @param timeNanos virtual time of the sweep
     */
    record Collector(long nextPacket, boolean signalled, long timeNanos) implements Writer {}

    /** Whether this lay behind when a packet's first program began. */
    default boolean before(long packet) {
      return moment().compareTo(Moment.found(packet)) <= 0;
    }

    /** The first moment at which it has happened. */
    default Moment moment() {
      return switch (this) {
        case ControlPlane _ -> Moment.START;
        case ByPacket by -> Moment.at(by.packet(), by.step());
        case Collector c ->
            c.signalled() ? Moment.after(c.nextPacket()) : Moment.found(c.nextPacket());
      };
    }

    /** In a few words of English. */
    default String text() {
      return message().english();
    }

    /** In a few words. */
    default Message message() {
      return switch (this) {
        case ControlPlane _ -> Message.of("writer.start");
        case ByPacket by ->
            Message.of("writer.packet", by.packet(), by.step(), clock(by.timeNanos()));
        case Collector c ->
            Message.of(
                c.signalled() ? "writer.collector.called" : "writer.collector",
                clock(c.timeNanos()));
      };
    }

    private static String clock(long nanos) {
      return String.format(Locale.ROOT, "%d.%03d", nanos / 1_000_000_000, nanos / 1_000_000 % 1000);
    }
  }
}
