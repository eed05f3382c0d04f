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
import java.util.Optional;

/**
 * The display's other windows. A display without a window manager, as in tests, gives the keyboard
 * to nobody who does not ask for it, and closes no window: both are done here.
 */
final class XServer {
  private static final int REVERT_TO_PARENT = 2;
  private static final int CLIENT_MESSAGE = 33;
  // map_state of XWindowAttributes, for machines of 64 bits.
  private static final long MAP_STATE = 92;
  private static final int IS_VIEWABLE = 2;
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final Arena arena = Arena.ofAuto();
  private final SymbolLookup x11 = SymbolLookup.libraryLookup("libX11.so.6", arena);
  private final MemorySegment display =
      (MemorySegment) call("XOpenDisplay", POINTER, MemorySegment.NULL);

  /** Gives a window the keyboard. */
  void focus(long window) {
    call("XSetInputFocus", INT, display, window, REVERT_TO_PARENT, 0L);
    call("XSync", INT, display, 0);
  }

  /** What a click on the cross in a window's frame does: asks its program to close it. */
  void askToClose(long window) {
    try (Arena local = Arena.ofConfined()) {
      // XClientMessageEvent of Xlib.h, for machines of 64 bits.
      MemorySegment event = local.allocate(192, 8);
      event.set(INT, 0, CLIENT_MESSAGE);
      event.set(LONG, 32, window);
      event.set(LONG, 40, atom(local, "WM_PROTOCOLS"));
      event.set(INT, 48, 32);
      event.set(LONG, 56, atom(local, "WM_DELETE_WINDOW"));
      call("XSendEvent", INT, display, window, 0, 0L, event);
      call("XSync", INT, display, 0);
    }
  }

  private long atom(Arena local, String name) {
    return (long) call("XInternAtom", LONG, display, local.allocateFrom(name), 0);
  }

  /** The window with this title that can be seen. */
  Optional<Long> find(String title) {
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
        if (text.address() != 0
            && text.reinterpret(4096).getString(0).equals(title)
            && seen(local, one)) {
          return Optional.of(one);
        }
      }
      return Optional.empty();
    }
  }

  /** Toolkits have windows of the same name that are never shown. */
  private boolean seen(Arena local, long window) {
    MemorySegment attributes = local.allocate(192, 8);
    call("XGetWindowAttributes", INT, display, window, attributes);
    return attributes.get(INT, MAP_STATE) == IS_VIEWABLE;
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
