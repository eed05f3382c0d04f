// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.packet.Bytes;

/**
 * Collects what an engine saw in the order it saw it, and closes it by the rules that hold for
 * every trace: net changes behind the last event that touched their entry, then rewritten fields,
 * context, and the verdict that the hook makes of the return code. Used for one packet, then thrown
 * away.
 */
public final class TraceBuilder {
  /** A net change and the place of the step that it stands behind. */
  private record Behind(int index, Step step) {}

  private static final String[] CB = {"cb[0]", "cb[1]", "cb[2]", "cb[3]", "cb[4]"};

  private final Hook hook;
  private final Bytes frameBefore;
  private final ContextState contextBefore;
  private final List<Step> steps = new ArrayList<>();
  private final List<Behind> changes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Begins the trace of a packet that enters at a hook with this frame and context. */
  public TraceBuilder(Hook hook, Bytes frame, ContextState context) {
    this.hook = hook;
    this.frameBefore = frame;
    this.contextBefore = context;
  }

  /** Adds an event; use {@link #change} for net changes. */
  public TraceBuilder add(PathEvent event, @Nullable SourceRef source) {
    steps.add(new Step(event, source));
    return this;
  }

  /** Adds an event with no source. */
  public TraceBuilder add(PathEvent event) {
    return add(event, null);
  }

  /**
   * Tells how an entry differs from before the packet; nothing is added when it doesn't.
   *
   * @throws IllegalStateException when no event touched the entry
   */
  public TraceBuilder change(
      MapRef map, MapKey key, @Nullable MapValue before, @Nullable MapValue after) {
    if (Objects.equals(before, after)) {
      return this;
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).event() instanceof PathEvent.MapEvent touch
          && touch.map().equals(map)
          && touch.key().equals(key)) {
        PathEvent event = new PathEvent.Changed(touch.program(), map, key, before, after);
        changes.add(new Behind(i, new Step(event, steps.get(i).source())));
        return this;
      }
    }
    throw new IllegalStateException("changed, but never touched: " + map + " " + key);
  }

  /** Adds a note, a stable word. */
  public TraceBuilder note(String word) {
    notes.add(word);
    return this;
  }

  /** Closes the trace of a packet that was run. */
  public PathTrace finish(int returnCode, Bytes frame, ContextState context) {
    List<Step> all = new ArrayList<>(steps.size() + changes.size() + 16);
    for (int i = 0; i < steps.size(); i++) {
      all.add(steps.get(i));
      for (Behind change : changes) {
        if (change.index == i) {
          all.add(change.step);
        }
      }
    }
    for (PathEvent.Rewritten rewritten : FrameDiff.between(frameBefore, frame)) {
      all.add(new Step(rewritten, null));
    }
    contextChanges(context, all);
    all.add(new Step(new PathEvent.VerdictReached(verdict(returnCode, context)), null));
    return new PathTrace(all, returnCode, frame, context, notes);
  }

  private void contextChanges(ContextState after, List<Step> all) {
    changed("mark", contextBefore.mark(), after.mark(), all);
    for (int i = 0; i < CB.length; i++) {
      changed(CB[i], contextBefore.cb().get(i), after.cb().get(i), all);
    }
    changed("tc_index", contextBefore.tcIndex(), after.tcIndex(), all);
    changed("queue_mapping", contextBefore.queueMapping(), after.queueMapping(), all);
    changed("pkt_type", contextBefore.packetType(), after.packetType(), all);
  }

  private static void changed(String field, long before, long after, List<Step> all) {
    if (before != after) {
      all.add(new Step(new PathEvent.ContextChanged(field, before, after), null));
    }
  }

  /**
   * What the hook makes of a return code: what TC does with clsact, section 12.1 of the datapath
   * facts.
   */
  private Verdict verdict(int returnCode, ContextState context) {
    return switch (returnCode) {
      case 0 -> proxyMark(context.mark()) ? proxy(context.mark()) : passed();
      case 2, 4, 8 -> new Verdict.Dropped();
      case 7 -> redirected(context);
      default -> new Verdict.PassedUnpoliced(returnCode);
    };
  }

  private Verdict passed() {
    return hook == Hook.TO_CONTAINER ? new Verdict.ToPod() : new Verdict.ToStack();
  }

  private Verdict redirected(ContextState context) {
    if (hook == Hook.TO_CONTAINER && proxyMark(context.cb().getFirst())) {
      return proxy(context.cb().getFirst());
    }
    for (Step step : steps.reversed()) {
      if (step.event() instanceof PathEvent.RedirectCalled call) {
        return new Verdict.Redirected(call.ifindex(), call.flags());
      }
    }
    return new Verdict.Redirected(0, 0);
  }

  private static boolean proxyMark(long mark) {
    return (mark & 0xffff) == 0x0200;
  }

  /** The port is kept in network order, as loaded into a little-endian 16-bit number. */
  private static Verdict proxy(long mark) {
    int stored = (int) (mark >>> 16) & 0xffff;
    return new Verdict.ToProxy((stored & 0xff) << 8 | stored >> 8);
  }
}
