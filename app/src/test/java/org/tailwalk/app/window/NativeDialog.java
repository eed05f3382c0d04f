// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.input.KeyCode;

/**
 * The desktop's own dialog for files, answered by keys. A display without a window manager, as in
 * tests, gives the keyboard to nobody who does not ask for it: it is given here.
 */
final class NativeDialog {
  private static final int REVERT_TO_PARENT = 2;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final WindowHarness window;
  private final Arena arena = Arena.ofAuto();
  private final SymbolLookup x11 = SymbolLookup.libraryLookup("libX11.so.6", arena);
  private final MemorySegment display;

  NativeDialog(WindowHarness window) {
    this.window = window;
    this.display = (MemorySegment) call("XOpenDisplay", POINTER, MemorySegment.NULL);
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
    window.until("the dialog is away", () -> find(title).isEmpty());
  }

  private void answer(String title, Path path) {
    window.writeQuickly(path.toAbsolutePath().normalize().toString());
    window.press(KeyCode.ENTER);
    window.until("the dialog is away", () -> find(title).isEmpty());
  }

  private void focus(String title) {
    window.until("the dialog is there", () -> find(title).isPresent());
    window.pulses(6);
    long dialog = find(title).orElseThrow();
    call("XSetInputFocus", INT, display, dialog, REVERT_TO_PARENT, 0L);
    call("XSync", INT, display, 0);
    window.pulses(6);
  }

  /** The window with this title that can be seen. */
  private Optional<Long> find(String title) {
    try (Arena local = Arena.ofConfined()) {
      long root = (long) call("XDefaultRootWindow", LONG, display);
      MemorySegment out = local.allocate(POINTER, 4);
      MemorySegment count = local.allocate(INT);
      call("XQueryTree", INT, display, root, out, out.asSlice(8), out.asSlice(16), count);
      int size = count.get(INT, 0);
      MemorySegment list = out.get(POINTER, 16).reinterpret(8L * size);
      MemorySegment name = local.allocate(POINTER);
      for (int i = 0; i < size; i++) {
        long one = list.getAtIndex(LONG, i);
        name.set(POINTER, 0, MemorySegment.NULL);
        call("XFetchName", INT, display, one, name);
        MemorySegment text = name.get(POINTER, 0);
        if (text.address() != 0 && text.reinterpret(4096).getString(0).equals(title)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }
  }

  private Object call(String function, MemoryLayout result, Object... arguments) {
    MemoryLayout[] kinds = new MemoryLayout[arguments.length];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] =
          switch (arguments[i]) {
            case Long _ -> LONG;
            case Integer _ -> INT;
            default -> POINTER;
          };
    }
    try {
      return Linker.nativeLinker()
          .downcallHandle(x11.findOrThrow(function), FunctionDescriptor.of(result, kinds))
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(function, e);
    }
  }
}
