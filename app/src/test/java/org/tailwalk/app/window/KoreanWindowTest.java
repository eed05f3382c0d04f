// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window in Korean: every tab, page, question, an error, a lesson, a comparison. */
@Tag("window")
@Tag("full")
final class KoreanWindowTest {
  @TempDir Path folder;

  @Test
  void noTextIsLeftInEnglish() throws Exception {
    LanguageTexts.noneIsLeftInEnglish("ko", "패킷", folder);
  }
}
