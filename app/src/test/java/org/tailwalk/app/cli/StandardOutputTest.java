// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {
  private static StandardOutput failing(String why, boolean pipe) {
    StandardOutput out =
        new StandardOutput(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(why);
              }
            },
            () -> pipe);
    assertThatThrownBy(() -> out.write('x')).isInstanceOf(IOException.class);
    return out;
  }

  @Test
  void aReaderThatWentAwayIsNoTroubleInAnyLanguage() {
    assertThat(failing("Broken pipe", false).trouble()).isEmpty();
    assertThat(failing("\ud30c\uc774\ud504\uac00 \uae68\uc9d0", true).trouble()).isEmpty();
  }

  @Test
  void aFullDiskIs() {
    assertThat(failing("No space left on device", false).trouble())
        .contains("write standard output: No space left on device; what was written is not whole");
  }

  @Test
  void nothingWentWrongWhereNothingWas() {
    assertThat(new StandardOutput(OutputStream.nullOutputStream(), () -> true).trouble()).isEmpty();
  }
}
