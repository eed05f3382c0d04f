// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.saving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.window.Later;

/** The disk is never asked on the thread that types. */
final class PlaceViewModelTest {
  @TempDir private Path folder;
  private final Later jobs = new Later();
  private final PlaceViewModel model = new PlaceViewModel(jobs.work());

  private Place place() {
    return model.placeProperty().get().orElseThrow();
  }

  @Test
  void whatLiesThereIsKnownWhenTheDiskHasAnswered() throws IOException {
    Path there = Files.createFile(folder.resolve("there.tailwalk"));
    model.type(Optional.of(there));
    assertThat(place()).isEqualTo(new Place(there, false, Optional.empty()));
    jobs.all();
    assertThat(place()).isEqualTo(new Place(there, true, Optional.of(folder.toFile())));
    Path nowhere = folder.resolve("no/folder");
    model.type(Optional.of(nowhere));
    jobs.all();
    assertThat(place()).isEqualTo(new Place(nowhere, false, Optional.empty()));
  }

  @Test
  void whatIsSaidOfAnotherPlaceIsNotHeard() throws IOException {
    Path there = Files.createFile(folder.resolve("there.tailwalk"));
    model.type(Optional.of(there));
    model.type(Optional.of(folder.resolve("passed by")));
    model.type(Optional.of(folder.resolve("other")));
    jobs.next();
    assertThat(place()).isEqualTo(new Place(folder.resolve("other"), false, Optional.empty()));
    jobs.next();
    assertThat(place().folder()).contains(folder.toFile());
    assertThat(jobs.idle()).as("only the last is asked").isTrue();
    model.type(Optional.of(there));
    model.type(Optional.empty());
    jobs.all();
    assertThat(model.placeProperty().get()).isEmpty();
  }
}
