// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.tailwalk.app.tasks.LastAsked;
import org.tailwalk.app.tasks.Work;

/**
 * Where the user wants a session saved while he still types it. The disk is asked in the
 * background: till it answers nothing is known of the place, which may be never. UI thread.
 */
final class PlaceViewModel {
  private final ReadOnlyObjectWrapper<Optional<Place>> place =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final LastAsked<Path, Place> question;

  PlaceViewModel(Work work) {
    question = new LastAsked<>(work, Place::look, this::seen);
  }

  /** It is this; empty for none that could be one. */
  void type(Optional<Path> file) {
    place.set(file.map(Place::unseen));
    file.ifPresent(question::ask);
  }

  private void seen(Path file, Place found) {
    if (place.get().filter(p -> p.file().equals(file)).isPresent()) {
      place.set(Optional.of(found));
    }
  }

  /** As far as it is known. */
  ReadOnlyObjectProperty<Optional<Place>> placeProperty() {
    return place.getReadOnlyProperty();
  }
}
