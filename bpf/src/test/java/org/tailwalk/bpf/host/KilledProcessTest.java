// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tailwalk.bpf.KernelObjects;
import org.tailwalk.bpf.Privilege;

@Tag("kernel")
@ExtendWith(Privilege.class)
class KilledProcessTest {
  /** Loads, says so, and waits to be killed. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      KernelHost host = InProcessHost.open();
      host.load(Specs.plan(true, Specs.looper(), Specs.fields()));
      System.out.println("loaded");
      Thread.sleep(60_000);
    }
  }

  @Test
  void nothingOutlivesAKilledProcess() throws IOException, InterruptedException {
    KernelObjects held;
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("loaded");
      held = KernelObjects.heldBy(child.pid());
      assertThat(held.programs()).hasSize(4);
      assertThat(held.maps()).hasSize(3);
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
    assertThat(held.remaining().isEmpty()).isTrue();
  }
}
