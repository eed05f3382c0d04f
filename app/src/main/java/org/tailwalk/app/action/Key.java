// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.action;

import java.util.Locale;
import java.util.Map;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/**
 * A key with its modifiers.
 *
 * @param code the key
 * @param typed the character instead, where keyboards have it in different places; empty for none
 */
public record Key(KeyCode code, String typed, boolean control, boolean shift, boolean alt) {
  private static final Map<String, KeyCode> NAMES =
      Map.ofEntries(
          Map.entry("→", KeyCode.RIGHT),
          Map.entry("←", KeyCode.LEFT),
          Map.entry("↑", KeyCode.UP),
          Map.entry("↓", KeyCode.DOWN),
          Map.entry(".", KeyCode.PERIOD),
          Map.entry(",", KeyCode.COMMA),
          Map.entry("Esc", KeyCode.ESCAPE),
          Map.entry("Del", KeyCode.DELETE),
          Map.entry("PgUp", KeyCode.PAGE_UP),
          Map.entry("PgDn", KeyCode.PAGE_DOWN),
          Map.entry("=", KeyCode.EQUALS),
          Map.entry("-", KeyCode.MINUS));

  /**
   * Reads {@code Ctrl+Shift+P}, {@code F5}, {@code N}, {@code →}, {@code Ctrl+.}; a character that
   * no key is named after, such as {@code /}, is matched as it is typed.
   *
   * @throws IllegalArgumentException for a key that doesn't exist
   */
  public static Key parse(String text) {
    boolean control = false;
    boolean shift = false;
    boolean alt = false;
    String rest = text;
    while (true) {
      if (rest.startsWith("Ctrl+") && rest.length() > 5) {
        control = true;
        rest = rest.substring(5);
      } else if (rest.startsWith("Shift+") && rest.length() > 6) {
        shift = true;
        rest = rest.substring(6);
      } else if (rest.startsWith("Alt+") && rest.length() > 4) {
        alt = true;
        rest = rest.substring(4);
      } else {
        break;
      }
    }
    KeyCode named = NAMES.get(rest);
    if (named != null) {
      return new Key(named, "", control, shift, alt);
    }
    if (rest.length() == 1 && !Character.isLetterOrDigit(rest.charAt(0)) && !control && !alt) {
      return new Key(KeyCode.UNDEFINED, rest, false, false, false);
    }
    String name = rest.length() == 1 && Character.isDigit(rest.charAt(0)) ? "DIGIT" + rest : rest;
    try {
      return new Key(KeyCode.valueOf(name.toUpperCase(Locale.ROOT)), "", control, shift, alt);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no such key: " + text, e);
    }
  }

  /** Whether this press is it; never for a key that goes by its character. */
  public boolean matches(KeyEvent pressed) {
    return typed.isEmpty()
        && pressed.getCode() == code
        && pressed.isControlDown() == control
        && pressed.isShiftDown() == shift
        && pressed.isAltDown() == alt
        && !pressed.isMetaDown();
  }

  /** Whether this typed character is it. */
  public boolean matchesTyped(KeyEvent event) {
    return !typed.isEmpty()
        && event.getCharacter().equals(typed)
        && !event.isControlDown()
        && !event.isAltDown()
        && !event.isMetaDown();
  }

  /** Whether text fields need this key for their own. */
  public boolean plain() {
    return !control && !alt && !code.isFunctionKey();
  }

  @Override
  public String toString() {
    String name = typed;
    if (name.isEmpty()) {
      name =
          NAMES.entrySet().stream()
              .filter(e -> e.getValue() == code)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseGet(code::getName);
    }
    return (control ? "Ctrl+" : "") + (alt ? "Alt+" : "") + (shift ? "Shift+" : "") + name;
  }
}
