// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.whatif;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.MapOp;
import org.tailwalk.packet.Bytes;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/**
 * What is other than it was, from a packet on.
 *
 * @param packet the first one concerned, 1-based
 * @param frame that packet's bytes from the destination MAC on; null when they stay
 * @param scenario the node, options and faults from there on
 * @param writes to the maps right before that packet, behind the sweeps that come before it
 * @param changes what was changed, in words, in order
 */
public record Variant(
    long packet,
    @Nullable Bytes frame,
    Scenario scenario,
    List<MapOp> writes,
    List<Message> changes) {
  /** Keeps its own copies. */
  public Variant {
    writes = List.copyOf(writes);
    changes = List.copyOf(changes);
  }

  /** Nothing changed yet. */
  public static Variant of(long packet, Scenario scenario) {
    return new Variant(packet, null, scenario, List.of(), List.of());
  }

  /** With other bytes in the packet. */
  public Variant withFrame(Bytes other, Message words) {
    return new Variant(packet, other, scenario, writes, more(words));
  }

  /** The same, said in words that have their language already. */
  public Variant withFrame(Bytes it, String words) {
    return withFrame(it, Message.plain(words));
  }

  /** With another node, other options or faults. */
  public Variant withScenario(Scenario other, Message words) {
    return new Variant(packet, frame, other, writes, more(words));
  }

  /** The same, said in words that have their language already. */
  public Variant withScenario(Scenario it, String words) {
    return withScenario(it, Message.plain(words));
  }

  /** With a further write to a map. */
  public Variant withWrite(MapOp write, Message words) {
    List<MapOp> all = new ArrayList<>(writes);
    all.add(write);
    return new Variant(packet, frame, scenario, all, more(words));
  }

  /** The same, said in words that have their language already. */
  public Variant withWrite(MapOp it, String words) {
    return withWrite(it, Message.plain(words));
  }

  private List<Message> more(Message words) {
    List<Message> all = new ArrayList<>(changes);
    all.add(words);
    return all;
  }

  /** The changes in a line. */
  public Message message() {
    return Message.joined("; ", changes);
  }

  /** The changes in a line of English. */
  public String text() {
    return message().english();
  }
}
