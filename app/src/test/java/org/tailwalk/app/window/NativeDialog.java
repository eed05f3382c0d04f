// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import javafx.scene.input.KeyCode;

/** The desktop's own dialog for files, answered by keys. */
final class NativeDialog {
  private final WindowHarness window;
  private final XServer display = new XServer();

  NativeDialog(WindowHarness window) {
    this.window = window;
  }

  /** Names the file to be written in the dialog with this title, and agrees. */
  void save(String title, Path file) {
    focus(title);
    window.press(KeyCode.CONTROL, KeyCode.A);
    answer(title, file);
  }

  /** Names the folder in the dialog with this title, and agrees. */
  void folder(String title, Path folder) {
    focus(title);
    // The line for a path opens when one begins to be typed.
    window.press(KeyCode.SLASH);
    window.pulses(10);
    window.press(KeyCode.CONTROL, KeyCode.A);
    answer(title, folder);
  }

  /** Puts the dialog with this title away. */
  void cancel(String title) {
    focus(title);
    window.press(KeyCode.ESCAPE);
    window.until("the dialog is away", () -> display.find(title).isEmpty());
  }

  private void answer(String title, Path path) {
    window.writeQuickly(path.toAbsolutePath().normalize().toString());
    window.press(KeyCode.ENTER);
    window.until("the dialog is away", () -> display.find(title).isEmpty());
  }

  private void focus(String title) {
    window.until("the dialog is there", () -> display.find(title).isPresent());
    window.pulses(6);
    display.focus(display.find(title).orElseThrow());
    window.pulses(6);
  }
}
