// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.host.SkbContext;
import org.tailwalk.engine.Injection;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.MapValue;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.TraceBuilder;
import org.tailwalk.packet.Bytes;

/**
 * A run's bytes to a {@link PathTrace}. Runs are decoded in the order they were made, for the
 * mirror goes along; the thread does not matter.
 */
public final class RunDecoder {
  /** Bytes of a frame that a test run takes; what is longer the wrapper grows. */
  private static final int CARRIED = 3_712;

  private static final int BUDGET = 33;

  private final SiteTable sites;
  private final Mirror mirror;
  private final NotificationReader reader;

  /** A decoder that keeps {@code mirror} up with the runs it decodes. */
  public RunDecoder(SiteTable sites, Mirror mirror, NotificationReader reader) {
    this.reader = reader;
    this.sites = sites;
    this.mirror = mirror;
  }

  /**
   * Decodes a run that the kernel took ({@code errno} 0).
   *
   * @param sent the frame as the entry program saw it
   * @param wrapped whether the hidden context fields are known
   * @param notes stable words about how the run was made
   */
  public PathTrace decode(
      RawRun run, Injection injection, Bytes sent, boolean wrapped, List<String> notes) {
    ContextState before = injection.context();
    TraceBuilder builder = new TraceBuilder(injection.hook(), sent, before);
    notes.forEach(builder::note);
    ProgramRef entry = new ProgramRef(injection.endpoint(), injection.hook().programId());
    StepDecoder steps = new StepDecoder(sites, reader, builder, run.events());
    // A log that ran over its end has lost its beginning, and with it what the rest would mean.
    boolean told = run.log().length > 0 && !run.overflow();
    if (told) {
      sites.read(run.log(), steps::record);
    }
    if (!steps.begun()) {
      builder.add(new PathEvent.Entered(entry, null));
    }
    steps.unplaced(entry);
    if (!told) {
      builder.add(new PathEvent.Returned(entry, run.returnCode()));
    }
    if (wrapped && steps.tailCalls() >= BUDGET - 1) {
      builder.note("wrapper-spent-one-tail-call");
    }
    if (run.overflow()) {
      builder.note("trace-log-overflow");
    }
    if (run.lost() > 0) {
      builder.note("notifications-lost");
    }
    for (RawRun.Cell cell : run.cells()) {
      change(builder, cell);
    }
    return builder.finish(run.returnCode(), behind(run.frame(), sent), after(run, before, wrapped));
  }

  private void change(TraceBuilder builder, RawRun.Cell cell) {
    Bytes key = Bytes.copyOf(cell.key());
    byte[] read = cell.value();
    Bytes now = read == null ? null : mirror.fold(cell.map(), read);
    Bytes was = mirror.before(cell.map(), key);
    mirror.set(cell.map(), key, now);
    MapRef ref = mirror.ref(cell.map());
    builder.change(ref, StepDecoder.key(ref, cell.key()), value(ref, was), value(ref, now));
  }

  private static @Nullable MapValue value(MapRef ref, @Nullable Bytes bytes) {
    return bytes == null ? null : StepDecoder.value(ref, bytes);
  }

  /**
   * The frame afterwards. What the wrapper grew a frame by is zeros to the program, which no
   * program that reads headers notices; where they are still zeros, the frame's own bytes stand
   * there again.
   */
  private static Bytes behind(byte[] out, Bytes sent) {
    if (sent.length() <= CARRIED || out.length != sent.length()) {
      return Bytes.copyOf(out);
    }
    for (int i = CARRIED; i < out.length; i++) {
      if (out[i] != 0) {
        return Bytes.copyOf(out);
      }
    }
    byte[] whole = sent.toArray();
    System.arraycopy(out, 0, whole, 0, CARRIED);
    return Bytes.copyOf(whole);
  }

  private static ContextState after(RawRun run, ContextState before, boolean wrapped) {
    SkbContext out = run.context();
    int[] slots = out.cb();
    List<Long> cb =
        List.of(
            slots[0] & 0xffffffffL,
            slots[1] & 0xffffffffL,
            slots[2] & 0xffffffffL,
            slots[3] & 0xffffffffL,
            slots[4] & 0xffffffffL);
    long mark = out.mark() & 0xffffffffL;
    if (!wrapped) {
      return new ContextState(
          mark, cb, before.tcIndex(), before.queueMapping(), before.packetType());
    }
    // A test run derives the packet type from the destination address; only a change is telling.
    boolean retyped = out.packetType() != run.packetTypeBefore();
    return new ContextState(
        mark,
        cb,
        out.tcIndex() & 0xffffffffL,
        out.queueMapping() & 0xffffffffL,
        retyped ? out.packetType() : before.packetType());
  }
}
