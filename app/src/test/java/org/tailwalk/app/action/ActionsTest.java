// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are read as they are written in the help, and no key does two things. */
final class ActionsTest {
  private static KeyEvent press(KeyCode code, boolean control, boolean shift) {
    return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, control, false, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F1",
        "Ctrl+Shift+P",
        "→",
        "Ctrl+.",
        "Ctrl+Alt+Shift+N",
        "Esc",
        "Del",
        "/",
        "PgDn"
      })
  void aKeyIsWrittenAsItWasRead(String text) {
    assertThat(Key.parse(text)).hasToString(text);
  }

  @Test
  void modifiersMustBeThoseNamed() {
    Key key = Key.parse("Ctrl+F");
    assertThat(key.matches(press(KeyCode.F, true, false))).isTrue();
    assertThat(key.matches(press(KeyCode.F, false, false))).isFalse();
    assertThat(key.matches(press(KeyCode.F, true, true))).isFalse();
  }

  @Test
  void aKeyThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Key.parse("Ctrl+Hyper"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Ctrl+Hyper");
  }

  @Test
  void theFirstActionThatMakesSenseIsDone() {
    Actions actions = new Actions();
    actions.add(
        List.of(
            Action.of("a.one", "a", "one", () -> {}, "N").when(() -> false),
            Action.of("a.two", "a", "two", () -> {}, "N")));
    assertThat(actions.of(k -> k.matches(press(KeyCode.N, false, false))))
        .map(Action::id)
        .contains("a.two");
    assertThat(actions.conflicts()).containsExactly("N does a.one and a.two");
  }
}
