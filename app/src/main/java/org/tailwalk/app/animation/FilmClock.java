// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.animation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tailwalk.app.transport.Order;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.TransportViewModel;

/** The moments of a film: what the window's transport would show, one frame after the other. */
public final class FilmClock {
  private static final int MOST_FRAMES = 30_000;

  /** How long the last moment stands, seconds. */
  private static final double REST = 1.2;

  private FilmClock() {}

  /**
   * The moments, the first packet's beginning first and the last packet's end last.
   *
   * @param shots in order, at least one
   * @throws IllegalArgumentException when that would be a film without end
   */
  public static List<Position> moments(List<FilmShot> shots, FilmSpec spec) {
    Map<Integer, FilmShot> byNumber = new HashMap<>();
    shots.forEach(shot -> byNumber.put(shot.number(), shot));
    TransportViewModel transport = new TransportViewModel();
    transport.speedProperty().set(spec.speed());
    FilmShot first = shots.getFirst();
    transport.open(new Cut(shots), first.number(), false);
    transport.rowsKnown(first.number(), first.rows());
    List<Position> moments = new ArrayList<>();
    transport.togglePlay();
    if (first.rows().last() == 0 && shots.size() == 1) {
      transport.stop();
    }
    while (transport.running()) {
      Position now = transport.positionProperty().get();
      moments.add(now);
      if (moments.size() > MOST_FRAMES) {
        throw new IllegalArgumentException(
            "more than %,d frames; take fewer packets, fewer frames a second or more speed"
                .formatted(MOST_FRAMES));
      }
      transport.tick(1.0 / spec.fps());
      int packet = transport.positionProperty().get().packet();
      FilmShot shot = byNumber.get(packet);
      if (packet != now.packet() && shot != null) {
        transport.rowsKnown(packet, shot.rows());
      }
    }
    Position end = transport.positionProperty().get();
    for (int i = 0; i < Math.ceil(REST * spec.fps()); i++) {
      moments.add(end);
    }
    return moments;
  }

  /** Only the film's packets, in their order. */
  private record Cut(List<FilmShot> shots) implements Order {
    @Override
    public int total() {
      return shots.size();
    }

    @Override
    public int next(int packet) {
      return shots.stream()
          .mapToInt(FilmShot::number)
          .filter(n -> n > packet)
          .findFirst()
          .orElse(0);
    }

    @Override
    public int previous(int packet) {
      return shots.stream().mapToInt(FilmShot::number).filter(n -> n < packet).max().orElse(0);
    }
  }
}
