// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.Hook;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.TraceBuilder;

/**
 * One packet's way through the programs: the helpers they call, each recorded as it happens, and
 * what the kernel keeps for the whole chain (tail-call budget, clock, redirect).
 */
public final class Run {
  /** TC_ACT_REDIRECT, what the redirect helpers return. */
  public static final int REDIRECT = 7;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private record Touched<K extends MapKey, V extends MapValue>(
      BpfMap<K, V> map, K key, @Nullable V before) {
    void tell(TraceBuilder trace) {
      trace.change(map.ref(), key, before, map.get(key));
    }
  }

  private final SkBuff skb;
  private final TraceBuilder trace;
  private final long uptimeSeconds;
  private final long random;
  private final List<Touched<?, ?>> touched = new ArrayList<>();
  private int tailCallsLeft;
  private LoadedProgram current;

  private Run(Injection injection, LoadedProgram entry, int tailCallBudget) {
    this.skb =
        new SkBuff(
            injection.frame(),
            injection.context(),
            injection.ifindex(),
            injection.ingressIfindex());
    this.trace = new TraceBuilder(injection.hook(), injection.frame(), injection.context());
    this.uptimeSeconds = injection.timeNanos() / NANOS_PER_SECOND;
    this.random = injection.random() & 0xffffffffL;
    this.tailCallsLeft = tailCallBudget;
    this.current = entry;
  }

  /**
   * Runs a packet from its entry program to the exit code.
   *
   * @param tailCallBudget how many tail calls may succeed
   */
  public static PathTrace start(Injection injection, LoadedProgram entry, int tailCallBudget) {
    return new Run(injection, entry, tailCallBudget).loop();
  }

  private PathTrace loop() {
    int code;
    do {
      trace.add(new PathEvent.Entered(current.ref(), entryContext()));
      code = current.code().run(this);
    } while (code == Program.TAKEN);
    trace.add(new PathEvent.Returned(current.ref(), code));
    for (Touched<?, ?> entry : touched) {
      entry.tell(trace);
    }
    return trace.finish(code, skb.frame(), skb.context());
  }

  /** All but the packet type, which a program of this kind can't read. */
  private ContextState entryContext() {
    ContextState now = skb.context();
    return new ContextState(now.mark(), now.cb(), now.tcIndex(), now.queueMapping(), 0);
  }

  /** The socket buffer. */
  public SkBuff skb() {
    return skb;
  }

  /** The program that runs. */
  public ProgramRef program() {
    return current.ref();
  }

  /** The clock in whole seconds, 0 to 2^32 - 1. */
  public long nowSeconds() {
    return uptimeSeconds & 0xffffffffL;
  }

  /** The clock in whole seconds, not cut to the 32 bits that entries keep. */
  public long uptimeSeconds() {
    return uptimeSeconds;
  }

  /** {@code get_prandom_u32}: one number for the whole packet. */
  public long random() {
    return random;
  }

  /** Looks an entry up; null when there is none. */
  public <K extends MapKey, V extends MapValue> @Nullable V lookup(BpfMap<K, V> map, K key) {
    V found = map.get(key);
    trace.add(new PathEvent.LookedUp(current.ref(), map.ref(), key, found != null, found));
    return found;
  }

  /** Stores through the pointer that a lookup gave. */
  public <K extends MapKey, V extends MapValue> void store(BpfMap<K, V> map, K key, V value) {
    touch(map, key);
    map.replace(key, value);
  }

  /** The update helper with flags 0; 0, or a negative error number. */
  public <K extends MapKey, V extends MapValue> int update(BpfMap<K, V> map, K key, V value) {
    touch(map, key);
    int errno = map.put(key, value);
    trace.add(new PathEvent.Updated(current.ref(), map.ref(), key, value, errno));
    return errno;
  }

  /** The delete helper; 0, or a negative error number. */
  public <K extends MapKey, V extends MapValue> int delete(BpfMap<K, V> map, K key) {
    touch(map, key);
    int errno = map.remove(key) ? 0 : Errno.ENOENT;
    trace.add(new PathEvent.Deleted(current.ref(), map.ref(), key, errno));
    return errno;
  }

  private <K extends MapKey, V extends MapValue> void touch(BpfMap<K, V> map, K key) {
    for (Touched<?, ?> entry : touched) {
      if (entry.map == map && entry.key.equals(key)) {
        return;
      }
    }
    touched.add(new Touched<>(map, key, map.get(key)));
  }

  /** Puts a message on the events or signals ring. */
  public void output(Notification notification) {
    trace.add(new PathEvent.Notified(current.ref(), notification));
  }

  /** The redirect helper: always {@link #REDIRECT}; the redirect is not performed. */
  public int redirect(long ifindex, long flags) {
    trace.add(new PathEvent.RedirectCalled(current.ref(), "redirect", ifindex, flags));
    return REDIRECT;
  }

  /**
   * A tail call. When it returns true the caller must return {@link Program#TAKEN}; false is a
   * miss, by an empty slot or a spent budget, and the caller goes on.
   */
  public boolean tailCall(ProgArray map, long slot) {
    LoadedProgram target = map.get(slot);
    if (target == null || tailCallsLeft == 0) {
      trace.add(new PathEvent.TailCallMissed(current.ref(), map.ref(), slot));
      return false;
    }
    tailCallsLeft--;
    trace.add(new PathEvent.TailCallTaken(current.ref(), map.ref(), slot));
    current = target;
    return true;
  }

  /** Adds a stable word about what this run did differently. */
  public void note(String word) {
    trace.note(word);
  }

  /** The hook's entry program in traces. */
  public static ProgramRef entry(int endpoint, Hook hook) {
    return new ProgramRef(endpoint, hook.programId());
  }
}
