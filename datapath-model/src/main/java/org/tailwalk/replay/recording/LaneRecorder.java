// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.engine.ReplaySession;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;

/** Runs a capture in one lane and writes its traces down, block by block as they come. */
public final class LaneRecorder {
  private LaneRecorder() {}

  /** Takes blocks in order. */
  @FunctionalInterface
  public interface Sink {
    /** The next block, whose first packet is {@code firstPacket}. */
    void block(long firstPacket, byte[] block) throws IOException;
  }

  /**
   * What was recorded.
   *
   * @param runs what ran, for people
   * @param packets of the capture, run or not
   * @param recorded packets that were run
   */
  public record Recorded(
      String runs, ProgramGraph graph, List<Long> firstPackets, long packets, long recorded) {
    /** Keeps its own copy. */
    public Recorded {
      firstPackets = List.copyOf(firstPackets);
    }
  }

  /**
   * Records a lane from the first packet to the last.
   *
   * @param engine opened with what the scenario says of the kernel lane
   * @param goOn hears how many packets are done, and says whether to go on; stopping leaves a
   *     recording that ends early
   * @throws IOException when the capture can't be read or the sink can't write
   */
  public static Recorded record(
      Scenario scenario, ReplayEngine engine, FrameSource frames, Sink sink, LongPredicate goOn)
      throws ReplayException, IOException, InterruptedException {
    try (CaptureReplay replay = CaptureReplay.open(scenario, engine, null)) {
      ReplaySession session = replay.kernelSession().orElseThrow();
      Blocks blocks = new Blocks(sink);
      long packets =
          replay.run(
              frames,
              packet -> {
                blocks.add(packet);
                return goOn.test(packet.number());
              });
      blocks.flush();
      return new Recorded(
          session.description(), session.graph(), blocks.firsts, packets, blocks.recorded);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static final class Blocks {
    private final Sink sink;
    private final List<Long> firsts = new ArrayList<>();
    private BlockWriter writer = new BlockWriter();
    private long first;
    private long recorded;

    Blocks(Sink sink) {
      this.sink = sink;
    }

    void add(PacketReplay packet) {
      LaneTrace lane = packet.kernel();
      if (lane == null || !(packet.placement() instanceof Placement.Run run)) {
        return;
      }
      if (writer.packets() == 0) {
        first = packet.number();
      }
      writer.add(run.injection(), lane.trace(), lane.sweeps());
      recorded++;
      if (writer.packets() == BlockWriter.PACKETS) {
        flush();
      }
    }

    void flush() {
      if (writer.packets() == 0) {
        return;
      }
      try {
        sink.block(first, writer.toBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      firsts.add(first);
      writer = new BlockWriter();
    }
  }
}
