// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.palette;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;

/** A few letters find the action that is meant, and none that makes no sense now. */
final class PaletteViewModelTest {
  private final Actions actions = new Actions();
  private final PaletteViewModel palette = new PaletteViewModel(actions);

  @BeforeEach
  void fill() {
    actions.add(
        List.of(
            Action.of("a", "Playing", "step on", () -> {}),
            Action.of("b", "Playing", "express to the next drop", () -> {}),
            Action.of("c", "Packets", "next packet", () -> {}),
            Action.of("d", "Window", "open a capture", () -> {}).when(() -> false)));
    palette.open();
  }

  private List<String> found(String query) {
    palette.queryProperty().set(query);
    return palette.foundProperty().get().stream().map(Action::id).toList();
  }

  @Test
  void withNothingTypedAllThatMakesSenseIsThere() {
    assertThat(found("")).containsExactly("a", "b", "c");
  }

  @Test
  void beginningsOfWordsCountMost() {
    assertThat(found("nd").getFirst()).isEqualTo("b");
    assertThat(found("np").getFirst()).isEqualTo("c");
  }

  @Test
  void lettersMustStandInTheirOrder() {
    assertThat(found("pord txen")).isEmpty();
    assertThat(found("next drop")).containsExactly("b");
  }

  @Test
  void whatMakesNoSenseNowIsNotOffered() {
    assertThat(found("capture")).isEmpty();
  }
}
