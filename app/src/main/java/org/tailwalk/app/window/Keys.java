// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;

/** The keys, as the help shows them and {@link MainWindow} obeys them. */
final class Keys {
  record Key(String keys, String what) {}

  record Chapter(String title, List<Key> keys) {}

  static final String REMINDER =
      "F1 help · Space play · ←/→ step · N next drop · D next ≠ · / filter";

  static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter(
              "Playing",
              List.of(
                  new Key("Space", "play, pause"),
                  new Key("→  ←", "step on, step back"),
                  new Key("N", "express to the next drop"),
                  new Key("D", "express to the next divergence"),
                  new Key("Home  End", "first packet, last packet"))),
          new Chapter(
              "Packets",
              List.of(
                  new Key("/  Ctrl+F", "filter: every word must occur"),
                  new Key("Ctrl+G", "go to packet"),
                  new Key("F7  F8", "packet before, next packet"),
                  new Key("Ctrl+.  Ctrl+,", "next, previous of the same flow"),
                  new Key("Esc", "show all packets again, put messages away"))),
          new Chapter(
              "Window",
              List.of(
                  new Key("Ctrl+O", "open a capture"),
                  new Key("Ctrl+L", "light, dark"),
                  new Key("+  -  0", "on the stage: zoom in, out, fit"),
                  new Key("Tab", "from pane to pane"),
                  new Key("F1", "this help"))));

  private Keys() {}
}
