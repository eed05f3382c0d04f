// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tailwalk.app.animation.FilmMaker;
import org.tailwalk.app.animation.FilmShot;
import org.tailwalk.app.animation.FilmSpec;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.session.ReplayProgress;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;

/** What films are made of: packets of a replay, looked up on its own thread. */
final class Footages {
  private Footages() {}

  /**
   * The packets of a range that ran.
   *
   * @param last beyond the capture's end means its end
   * @throws IllegalArgumentException when there is nothing to film, or too much
   */
  static FilmMaker.Footage of(Replay replay, int first, int last, ReplayProgress progress)
      throws ReplayException, IOException, InterruptedException {
    int size = replay.summaries().size();
    int end = Math.min(last, size);
    if (first > size) {
      throw new IllegalArgumentException(
          "packets %d-%d: the capture has %d".formatted(first, last, size));
    }
    List<FilmShot> shots = new ArrayList<>();
    for (int number = first; number <= end; number++) {
      PacketReplay packet = replay.packet(number, progress);
      if (!packet.rows().isEmpty()) {
        shots.add(shot(packet, replay));
      }
      if (shots.size() > FilmSpec.MOST_PACKETS) {
        throw new IllegalArgumentException(
            "packets %d-%d: a film has at most %d packets"
                .formatted(first, end, FilmSpec.MOST_PACKETS));
      }
    }
    if (shots.isEmpty()) {
      throw new IllegalArgumentException(
          "packets %d-%d: none of them was run, so there is nothing to film".formatted(first, end));
    }
    return new FilmMaker.Footage(
        shots, replay.graph(), MainViewModel.podName(replay.scenario()), replay.walked());
  }

  private static FilmShot shot(PacketReplay packet, Replay replay) {
    PacketScene scene = PacketScene.of(packet, replay.scenario());
    List<String> lines = new ArrayList<>();
    for (AlignedStep row : packet.rows()) {
      lines.add(line(row));
    }
    return new FilmShot((int) packet.number(), scene.stage(), scene.rows(), scene.about(), lines);
  }

  private static String line(AlignedStep row) {
    if (row.same() || row.kernel() == null && row.model() == null) {
      return Texts.say(EventText.message(row.either().event()));
    }
    String kernel = row.kernel() == null ? "—" : Texts.say(EventText.message(row.kernel().event()));
    String model = row.model() == null ? "—" : Texts.say(EventText.message(row.model().event()));
    return "● " + kernel + "   ○ " + model;
  }
}
