// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare;

import java.util.List;
import javafx.animation.AnimationTimer;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;

/**
 * Puts the parts of a view in their places one after the other, a pulse for each, when it is shown
 * for the first time. All at once are hundreds of nodes that JavaFX dresses and measures before the
 * next frame: a stall that is seen, before there is anything to see.
 */
final class Furnishing extends AnimationTimer {
  private final List<BorderPane> places;
  private final List<Region> parts;
  private final Runnable then;
  private int pulses;

  /**
   * Of a view that is in no scene yet.
   *
   * @param places which ask for as much room from the start as what goes in there
   * @param then done when all are there
   */
  Furnishing(Region view, List<BorderPane> places, List<Region> parts, Runnable then) {
    this.then = then;
    this.places = places;
    this.parts = parts;
    for (int i = 0; i < parts.size(); i++) {
      places.get(i).setMinHeight(parts.get(i).getMinHeight());
    }
    view.sceneProperty()
        .subscribe(scene -> {
          if (scene != null && pulses == 0) {
            start();
          }
        });
  }

  @Override
  public void handle(long now) {
    // What is around them has the first pulse to itself.
    if (pulses > 0) {
      BorderPane place = places.get(pulses - 1);
      place.setMinHeight(Region.USE_COMPUTED_SIZE);
      place.setCenter(parts.get(pulses - 1));
    }
    if (++pulses > parts.size()) {
      stop();
      then.run();
    }
  }
}
