// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DesktopOpenerTest {
  @Test
  void aMissingLibraryIsNoFaultOfTheDisplay() {
    assertThat(DesktopOpener.refusal(":0", "Unable to load glass GTK library."))
        .contains("GTK 3 is missing or broken", "apt-get install libgtk-3-0", "replay CAPTURE")
        .doesNotContain("DISPLAY");
    assertThat(DesktopOpener.refusal(":7", "Unable to open DISPLAY"))
        .contains("display :7", "--screenshot FILE")
        .doesNotContain("libgtk");
  }
}
