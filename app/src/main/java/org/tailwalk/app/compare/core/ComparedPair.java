// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare.core;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.compare.Comparison;
import org.tailwalk.compare.PairComparer;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.scenario.Scenario;

/**
 * Two replays side by side. Rows are looked up by one background thread at a time, since they may
 * have to run again; everything else may be read by any.
 */
public final class ComparedPair implements AutoCloseable {
  /** Packets are replayed so many times slower than they are aligned, or slower still. */
  private static final long ALIGNING = 20;

  private final ComparedSide a;
  private final ComparedSide b;
  private final Comparison comparison;
  private final Runnable close;

  private ComparedPair(ComparedSide a, ComparedSide b, Comparison comparison, Runnable close) {
    this.a = a;
    this.b = b;
    this.comparison = comparison;
    this.close = close;
  }

  /**
   * One side before its replay.
   *
   * @param name for people
   * @param lanes what it runs in
   */
  public record Source(String name, OpenCapture capture, Scenario scenario, Lanes lanes) {
    /** The same in the model's lane alone, without what was recorded of another one. */
    Source alone() {
      return new Source(
          name,
          new OpenCapture(
              capture.name(),
              capture.size(),
              capture.frames(),
              capture.scenario(),
              capture.choices(),
              capture.warnings(),
              capture.close()),
          scenario,
          new Lanes(null, lanes.kernelTrouble(), lanes.kernelName(), lanes.model()));
    }
  }

  /**
   * A row with both packets.
   *
   * @param row 0-based
   * @param a null where A has none
   * @param b null where B has none
   */
  public record Scene(
      int row, @Nullable PacketReplay a, @Nullable PacketReplay b, PairComparer.Result result) {}

  /**
   * Replays both sides and aligns them. The captures stay open until {@link #close}.
   *
   * @param by null: by number for one capture twice, else by flow
   * @param close what to do at the end beside closing both replays
   * @throws java.util.concurrent.CancellationException when {@code progress} said so
   */
  public static ComparedPair run(
      Source a, Source b, @Nullable AlignBy by, ReplayProgress progress, Runnable close)
      throws ReplayException, IOException, InterruptedException {
    long packets = (long) a.capture().size() + b.capture().size();
    long aligning = packets / ALIGNING + 1;
    long total = packets + aligning;
    ComparedSide left = null;
    ComparedSide right = null;
    boolean done = false;
    try {
      ReplayProgress first = (at, _) -> progress.at(at, total);
      ReplayProgress second = (at, _) -> progress.at(a.capture().size() + at, total);
      boolean models =
          Objects.equals(a.scenario().datapath(), b.scenario().datapath())
              && !Objects.equals(a.scenario().model(), b.scenario().model());
      // Where nothing but the models was set apart, the kernel lanes would hide the difference.
      left = ComparedSide.run(models ? a.alone() : a, first);
      right = ComparedSide.run(left.record().kernelLane() ? b : b.alone(), second);
      if (left.record().kernelLane() && !right.record().kernelLane()) {
        // The kernel can't run one of the two: like is only to be compared with like.
        left.close();
        left = ComparedSide.run(a.alone(), first);
      }
      AlignBy how = by != null ? by : a.capture() == b.capture() ? AlignBy.NUMBER : AlignBy.FLOW;
      Comparison comparison =
          Comparison.of(
              left.record(),
              right.record(),
              how,
              (at, of) -> progress.at(packets + aligning * at / of, total));
      done = true;
      return new ComparedPair(left, right, comparison, close);
    } finally {
      if (!done) {
        if (left != null) {
          left.close();
        }
        if (right != null) {
          right.close();
        }
      }
    }
  }

  /** The same replays, aligned in another way. */
  public ComparedPair alignedBy(AlignBy by, ReplayProgress progress) {
    return new ComparedPair(a, b, Comparison.of(a.record(), b.record(), by, progress::at), close);
  }

  /** The same with A and B in each other's place. */
  public ComparedPair swapped(ReplayProgress progress) {
    return new ComparedPair(b, a, comparison.swapped(progress::at), close);
  }

  /** One side. */
  public ComparedSide a() {
    return a;
  }

  /** The other. */
  public ComparedSide b() {
    return b;
  }

  /** The rows. */
  public Comparison comparison() {
    return comparison;
  }

  /**
   * Both packets of a 0-based row, compared.
   *
   * @throws java.util.concurrent.CancellationException when {@code progress} said so
   */
  public Scene scene(int row, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    int left = comparison.alignment().a(row);
    int right = comparison.alignment().b(row);
    PacketReplay ours = left == 0 ? null : a.replay().packet(left, progress);
    PacketReplay theirs = right == 0 ? null : b.replay().packet(right, progress);
    return new Scene(row, ours, theirs, new PairComparer(comparison).compare(row, ours, theirs));
  }

  /** Ends both replays. */
  @Override
  public void close() {
    a.close();
    b.close();
    close.run();
  }
}
