// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.scene.input.KeyCode;

/** Which keys write a text, on a keyboard of the United States. */
final class Keystrokes {
  private Keystrokes() {}

  /** Keys that are pressed together, one character after the other; letters come out lower case. */
  static List<KeyCode[]> of(String text) {
    String plain = "`1234567890-=[]\\;',./ ";
    String shifted = "~!@#$%^&*()_+{}|:\"<>? ";
    KeyCode[] codes = {
      KeyCode.BACK_QUOTE, KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT3, KeyCode.DIGIT4,
      KeyCode.DIGIT5, KeyCode.DIGIT6, KeyCode.DIGIT7, KeyCode.DIGIT8, KeyCode.DIGIT9,
      KeyCode.DIGIT0, KeyCode.MINUS, KeyCode.EQUALS, KeyCode.OPEN_BRACKET, KeyCode.CLOSE_BRACKET,
      KeyCode.BACK_SLASH, KeyCode.SEMICOLON, KeyCode.QUOTE, KeyCode.COMMA, KeyCode.PERIOD,
      KeyCode.SLASH, KeyCode.SPACE
    };
    List<KeyCode[]> strokes = new ArrayList<>();
    for (char c : text.toCharArray()) {
      if (Character.isLetter(c)) {
        String letter = String.valueOf(c).toUpperCase(Locale.ROOT);
        strokes.add(new KeyCode[] {KeyCode.valueOf(letter)});
      } else if (plain.indexOf(c) >= 0) {
        strokes.add(new KeyCode[] {codes[plain.indexOf(c)]});
      } else {
        strokes.add(new KeyCode[] {KeyCode.SHIFT, codes[shifted.indexOf(c)]});
      }
    }
    return strokes;
  }
}
