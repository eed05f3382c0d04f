// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.Program;
import org.tailwalk.app.session.Openings;

/**
 * A lesson written with nothing but docs/lessons.md at hand: checked, then opened in the window.
 */
@Tag("window")
final class OwnLessonTest {
  private static final String LESSON =
      """
      ---
      title: Mail that never left
      capture: capture.pcap
      minutes: 5
      learn:
      - where a policy says no
      - how many keys are tried before it does
      ---

      A pod sends mail, and nobody ever gets it. Look at [the packet](packet:1) first.

      ## The first segment

      ```show
      packet: 1
      step: tail call 29
      ```

      So far [conntrack](term:conntrack) was not asked. What becomes of the segment?

      ```ask choice
      What becomes of packet 1?
      ( ) It goes on to the server. -- Read on: a policy stands in the way.
      (x) It is dropped. -- No rule of the pod's policy lets port 25 out.
      ? packet 1 verdict == DROPPED
      ```

      ```show
      play: end
      ```

      Five keys were tried, [from the narrowest](<packet:1/lookup policy>) on.

      > No key that matches is a no.

      ```check
      packet 1 has "drop (Policy denied)"
      packet 1 fails verdict == to-stack
      packet 1 policy.tried == 5
      packet 1 events.drop == 1
      ```

      ## In numbers

      ```show
      packet: 1
      step: start
      ```

      Policy is a map; the datapath asks it for one key after the other.

      ```ask number
      How many policy keys are asked for?
      = 5
      ! 1 -- The narrowest alone? There are wider ones.
      ! * -- Count the lookups.
      ? packet 1 policy.tried
      ```

      ```show
      play: Policy verdict
      ```

      ## To remember

      A drop of policy tells its name: `Policy denied`.
      """;

  @TempDir Path folder;

  private Path write() throws IOException {
    Path lesson = Files.createDirectories(folder.resolve("mail"));
    for (String file : new String[] {"capture.pcap", "scenario.json"}) {
      Files.copy(Path.of("../samples/denied", file), lesson.resolve(file));
    }
    Files.writeString(lesson.resolve("lesson.md"), LESSON);
    return lesson;
  }

  @Test
  void itIsCheckedAndShown() throws Exception {
    Path lesson = write();
    Process check =
        new ProcessBuilder(Program.command("lesson", "check", lesson.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).contains("mail: 4 pages, 2 questions").contains(" hold, 0 do not");

    String home = System.setProperty("user.home", folder.toString());
    WindowHarness window =
        WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
    try {
      window.ui(() -> window.window().lesson(lesson));
      window.until("its first page", () -> window.showsPart("A pod sends mail"));
      window.until("its packet", () -> window.quiet() && window.position().packet() == 1);
      window.press(KeyCode.ALT, KeyCode.RIGHT);
      window.until("the question", () -> window.showsPart("What becomes of packet 1?"));
      assertThat(window.ask(() -> window.showsPart("Five keys were tried"))).isFalse();
      window.until("in the middle of its way", () -> window.position().row() > 0);
      int asked = window.ask(() -> window.position().row());
      window.click("It is dropped.");
      window.click("Answer");
      window.until("right", () -> window.showsPart("No rule of the pod's policy"));
      window.until("what was behind it", () -> window.showsPart("Five keys were tried"));
      window.until("it plays on", () -> window.position().row() > asked);
      window.press(KeyCode.ALT, KeyCode.RIGHT);
      window.until(
          "the next question", () -> window.showsPart("How many policy keys are asked for?"));
      window.press(KeyCode.ALT, KeyCode.A);
      window.until("given up", () -> window.showsPart("The answer: 5"));
      window.press(KeyCode.ALT, KeyCode.RIGHT);
      window.until("the end", () -> window.showsPart("A drop of policy tells its name"));
      window.picture("own-lesson");
    } finally {
      window.close();
      if (home != null) {
        System.setProperty("user.home", home);
      }
    }
  }
}
