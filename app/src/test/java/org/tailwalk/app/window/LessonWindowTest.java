// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.transport.Position;

/** A learner at a real window: opens a lesson, predicts, is shown, turns pages. */
@Tag("window")
final class LessonWindowTest {
  @TempDir static Path home;

  private static WindowHarness window;
  private static String oldHome;
  private static String oldProgram;

  @BeforeAll
  static void openWindow() throws Exception {
    oldHome = System.setProperty("user.home", home.toString());
    oldProgram = System.setProperty("tailwalk.home", "..");
    window = WindowHarness.open(Setups.services(Openings::forWindow, Setups.modelAlone()));
    window.ui(() -> window.model().transport().speedProperty().set(16));
    window.show("../samples/http/capture.pcap", 1, 0);
  }

  @AfterAll
  static void closeWindow() {
    if (window != null) {
      window.close();
    }
    restore("user.home", oldHome);
    restore("tailwalk.home", oldProgram);
  }

  private static void restore(String property, String value) {
    if (value == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }

  private static Position position() {
    return window.position();
  }

  @Test
  void aLearnerPredictsAndIsShown() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    window.until("the list of lessons", () -> window.shows("Expired, still matching"));
    window.picture("lesson-shelf");
    window.click("Expired, still matching");
    window.until("its first page", () -> window.shows("What you will know"));
    window.picture("lesson-first-page");
    window.press(KeyCode.ALT, KeyCode.RIGHT);
    window.until("the question's packet", () -> position().equals(new Position(1, 0, 0)));
    window.press(KeyCode.ALT, KeyCode.RIGHT);
    window.until(
        "packet 4, in the middle of its way",
        () -> position().packet() == 4 && position().row() > 0);
    window.pulses(8);
    window.picture("lesson-asks");

    // Nothing tells the answer: not the list, not the steps, not the stage.
    TableView<?> steps = window.find("Steps");
    int row = window.ask(() -> position().row());
    assertThat(window.ask(() -> steps.getItems().size())).isEqualTo(row + 1);
    assertThat(window.ask(() -> window.model().packets().veiledFromProperty().get())).isEqualTo(4);
    assertThat(window.ask(() -> window.model().path().aheadProperty().get())).isFalse();
    assertThat(window.ask(() -> window.shows("Not quite."))).isFalse();

    // Nor does another page of the drawer.
    window.press(KeyCode.ALT, KeyCode.Y);
    window.until("the page Why", () -> window.shows("Why"));
    window.pulses(8);
    window.picture("lesson-why-covered");
    assertThat(window.ask(() -> window.model().focus().veiledFromProperty().get())).isEqualTo(4);
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    window.until(
        "the question again",
        () -> window.shows("Answer") && position().packet() == 4 && position().row() == row);

    window.click("It is dropped: the entry has expired.");
    window.click("Answer");
    window.until("the reason", () -> window.showsPart("Not quite. Expired, yes."));
    window.picture("lesson-wrong");
    window.click("It passes, and the entry lives again.");
    window.click("Answer");
    window.until("right", () -> window.showsPart("Right. The lookup never compares"));
    window.until("it has played on", () -> position().row() > row);
    window.until("all steps", () -> steps.getItems().size() > position().row());
    window.pulses(20);
    window.picture("lesson-revealed");

    window.press(KeyCode.ALT, KeyCode.LEFT);
    window.until("the page before", () -> position().packet() == 1);
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    window.until(
        "a closed drawer leaves nothing veiled",
        () -> window.model().packets().veiledFromProperty().get() == 0);
  }

  private static boolean drawerIsOpen() {
    return window.showsPart("Each lesson tells") || window.shows("Next");
  }

  @Test
  void theFirstPageHasItsOwnCaptureAndNoSignGivesAnythingAway() {
    if (!window.ask(LessonWindowTest::drawerIsOpen)) {
      window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
      window.until("the drawer", LessonWindowTest::drawerIsOpen);
    }
    if (!window.ask(() -> window.shows("Inline or tail call"))) {
      window.click("All lessons");
    }
    window.click("Inline or tail call");
    window.until("its capture", () -> window.showsPart("GRE, 40 bytes"));
    window.until("veiled", () -> window.model().packets().veiledFromProperty().get() == 1);
    window.pulses(8);
    assertThat(window.ask(() -> window.shows("!"))).isFalse();
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    window.until("unveiled, the rule's sign is there", () -> window.shows("!"));
  }

  @Test
  void onePresentersKeyLeadsThroughQuestionAnswerAndPage() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
    window.until(
        "the drawer",
        () ->
            window.showsPart("Each lesson tells")
                || window.shows("All lessons")
                || window.showsPart(" / "));
    if (!window.ask(() -> window.shows("Which policy key wins"))) {
      window.click("All lessons");
    }
    window.click("Which policy key wins");
    window.press(KeyCode.F5);
    window.until("the bars are away", () -> !window.shows("Packet path"));
    window.press(KeyCode.SPACE);
    window.until(
        "its question",
        () -> position().packet() == 1 && window.shows("Allowed and denied at once"));
    window.until("waiting in the middle", () -> position().row() > 0);
    window.pulses(10);
    for (int[] size : new int[][] {{1024, 700}, {1440, 900}, {1920, 1080}}) {
      window.ui(() -> {
        window.stage().setFullScreen(false);
        window.stage().setWidth(size[0]);
        window.stage().setHeight(size[1]);
      });
      window.pulses(12);
      window.picture("presenter-" + size[0]);
    }
    int asked = window.ask(() -> position().row());
    window.press(KeyCode.PAGE_DOWN);
    window.until("the answer is played", () -> position().row() > asked);
    window.until("its reason", () -> window.showsPart("The answer: The allow"));
    window.until("played", () -> !window.model().transport().running());
    window.pulses(5);
    window.picture("presenter-revealed");
    window.press(KeyCode.PAGE_DOWN);
    window.until("the next page's packet", () -> position().packet() == 2);
    assertThat(window.ask(() -> window.selectedRadios()))
        .as("nothing is chosen beforehand")
        .isZero();
    window.press(KeyCode.PAGE_UP);
    window.press(KeyCode.ESCAPE);
    window.until("the bars are back", () -> window.shows("Packet path"));
    window.ui(() -> {
      window.stage().setWidth(1440);
      window.stage().setHeight(900);
    });
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.L);
  }
}
