// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.CaptureReplay;
import org.tailwalk.replay.FrameSource;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.history.ReplayHistory;
import org.tailwalk.text.Message;

/**
 * The traces of a replay: as many as there is room for, the others by running their packets again,
 * from the state that the packets before them left. Used by one thread at a time.
 */
final class Traces {
  private static final int REPORT_EVERY = 256;

  /** Steps kept in traces: at about 250 bytes a step, some 75 MB; the others are run again. */
  private static final int STEPS_KEPT = 300_000;

  /**
   * The same where not all of a capture's can be kept. To run a stretch again takes a pulse or two
   * wherever it lies, while what is kept is copied by the collector, which holds up the window, at
   * the time when a capture opens.
   */
  private static final int STEPS_OF_MANY = 20_000;

  /** So many packets tell how many steps the others will have. */
  private static final int SAMPLE = 256;

  /** Packets that are run again together, from one behind a multiple of this. */
  private static final int STRETCH = 64;

  /** More are copied by the collector for longer than a frame, and had again in a pulse or two. */
  private static final int STRETCHES_KEPT = 8;

  private final OpenCapture capture;
  private final CaptureReplay replay;
  private final ReplayHistory history;
  private final Map<Integer, PacketReplay> kept = new HashMap<>();
  private final Map<Integer, List<PacketReplay>> again =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, List<PacketReplay>> eldest) {
          return size() > STRETCHES_KEPT;
        }
      };
  private int stepsKept;

  /** As many steps as are kept of packets that are like most others. */
  private int usual = STEPS_KEPT;

  private Optional<Message> fullMap = Optional.empty();

  /** Of a replay that has not run yet. */
  Traces(OpenCapture capture, CaptureReplay replay, ReplayHistory history) {
    this.capture = capture;
    this.replay = replay;
    this.history = history;
  }

  /** Takes in the next packet of the first run. */
  void add(PacketReplay packet) {
    LaneTrace lane = packet.primary().orElse(null);
    boolean remarkable = packet.divergence() != null || lane != null && lane.reading().wentWrong();
    if (stepsKept < (remarkable ? 2 * STEPS_KEPT : usual)) {
      kept.put((int) packet.number(), packet);
      stepsKept += Math.max(1, packet.rows().size());
    }
    if (packet.number() == SAMPLE && (long) stepsKept / SAMPLE * capture.size() > STEPS_KEPT) {
      usual = STEPS_OF_MANY;
    }
  }

  /** How many are in memory. */
  int kept() {
    return kept.size();
  }

  /** The first run is over. */
  void finish() {
    fullMap = replay.full();
  }

  /** What to tell when a map was full; empty when none was. */
  Optional<Message> fullMap() {
    return fullMap;
  }

  /**
   * A packet with its traces; when they were not kept, it runs again with its neighbours.
   *
   * @throws CancellationException when {@code progress} said so
   */
  PacketReplay packet(int number, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    PacketReplay known = kept.get(number);
    if (known != null) {
      return known;
    }
    int first = (number - 1) / STRETCH * STRETCH + 1;
    List<PacketReplay> stretch = again.get(first);
    if (stretch == null) {
      stretch = history.exact() && fullMap.isEmpty() ? resume(first) : fromStart(first, progress);
      again.put(first, stretch);
    }
    if (number - first >= stretch.size()) {
      throw new ReplayException(
          "run packet %d again: the capture now ends before it".formatted(number));
    }
    return stretch.get(number - first);
  }

  private List<PacketReplay> resume(int first)
      throws ReplayException, IOException, InterruptedException {
    List<PacketReplay> stretch = new ArrayList<>();
    replay.resume(
        history.resumeAt(first), FrameSource.limited(framesFrom(first), STRETCH), stretch::add);
    return stretch;
  }

  /** For stores and evictions that no trace tells of: only running itself gives those maps. */
  private List<PacketReplay> fromStart(int first, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    List<PacketReplay> stretch = new ArrayList<>();
    boolean[] cancelled = new boolean[1];
    replay.run(
        capture.frames().open(),
        packet -> {
          int at = (int) packet.number();
          if (at >= first) {
            stretch.add(packet);
          }
          if (at % REPORT_EVERY == 0 && !progress.at(at, first)) {
            cancelled[0] = true;
            return false;
          }
          return at < first + STRETCH - 1;
        });
    if (cancelled[0]) {
      throw new CancellationException("running again up to packet " + first + " was cancelled");
    }
    return stretch;
  }

  /** The capture's frames from a packet on. */
  FrameSource framesFrom(int packet) throws IOException {
    FrameSource frames = capture.frames().open();
    frames.skip(packet - 1L);
    return frames;
  }

  /** Keeps none any more: all are had again when they are asked for. */
  void forget() {
    kept.clear();
    again.clear();
  }
}
