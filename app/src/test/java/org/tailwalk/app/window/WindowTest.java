// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.transport.Position;
import org.tailwalk.app.transport.StepBy;

/** A real window on a real display, driven by real keys: open, play, step, back, filter, close. */
@Tag("window")
final class WindowTest {
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    CaptureOpener opener =
        (file, scenario, progress) -> {
          if (file.startsWith("no")) {
            throw new java.io.IOException("open capture: " + file + ": no such file");
          }
          return file.equals("other")
              ? Synthetic.capture(1284, 39)
              : Setups.synthetic().open(file, scenario, progress);
        };
    window = WindowHarness.open(Setups.services(opener, Setups.fakes()));
  }

  @BeforeEach
  void openCapture() {
    window.ui(() -> {
      window.model().transport().speedProperty().set(16);
      window.model().transport().stepByProperty().set(StepBy.TAIL_CALL);
      window.model().open("1284", null, 1, 0);
    });
    window.until("the capture is shown", () -> window.model().settledProperty().get());
  }

  private static Position position() {
    return window.position();
  }

  @Test
  void opensACaptureAndShowsItEverywhere() {
    TableView<?> packets = window.find("Packets");
    TableView<?> steps = window.find("Steps");
    assertThat(window.ask(() -> packets.getItems().size())).isEqualTo(1284);
    assertThat(window.ask(() -> steps.getItems().size())).isGreaterThan(5);
    assertThat(window.ask(() -> packets.getSelectionModel().getSelectedIndex())).isZero();
    window.until(
        "the stage is laid out",
        () -> !window.model().path().layoutProperty().get().nodes().isEmpty());
    window.until("the title names it", () -> window.stage().getTitle().startsWith("1284.pcap"));
  }

  @Test
  void anotherCaptureShowsItsOwnRows() {
    window.until("a SYN first", () -> window.shows("TCP 20000→80 SYN"));
    window.ui(() -> window.model().open("other", null, 1, 0));
    window.until("GRE first", () -> window.shows("GRE, 40 bytes"));
  }

  /** Nothing tells that the step has changed: its number has not. */
  @Test
  void aPacketOfAsManyStepsAsTheOneBeforeHasItsLastOneMarked() {
    TableView<?> steps = window.find("Steps");
    record Last(int packet, int count, Object row) {}
    List<Last> all = new ArrayList<>();
    for (int packet = 1; packet <= 40; packet++) {
      int number = packet;
      window.ui(() -> window.model().goTo(number));
      window.until(
          "packet " + packet,
          () ->
              window.quiet()
                  && window.model().focus().packet().filter(p -> p.number() == number).isPresent());
      all.add(
          window.ask(() -> new Last(number, steps.getItems().size(), steps.getItems().getLast())));
    }
    List<Last> alike =
        all.stream()
            .flatMap(a ->
                all.stream()
                    .filter(b -> a.count == b.count && !a.row.equals(b.row))
                    .limit(1)
                    .flatMap(b -> Stream.of(a, b)))
            .limit(2)
            .toList();
    assertThat(alike).hasSize(2);
    for (Last packet : alike) {
      window.ui(() -> window.model().goTo(packet.packet));
      window.until(
          "the last step of packet " + packet.packet + " is marked",
          () -> packet.row.equals(steps.getSelectionModel().getSelectedItem()));
    }
  }

  @Test
  void noKeyDoesTwoThings() {
    assertThat(window.ask(() -> window.window().actions().all().size())).isGreaterThan(10);
    assertThat(window.ask(() -> window.window().actions().conflicts())).isEmpty();
  }

  @Test
  void thePaletteDoesWhatIsTypedAndTheHelpListsTheKeys() {
    window.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
    window.until("the palette has the keyboard", window::focusIsText);
    window.picture("palette");
    window.type("help");
    window.press(KeyCode.ENTER);
    window.until("the help is there", () -> window.shows("Ctrl+Shift+P"));
    window.picture("help");
    window.press(KeyCode.ESCAPE);
    window.until("it is away", () -> !window.shows("Ctrl+Shift+P"));
  }

  @Test
  void spacePlaysAndPauses() {
    window.press(KeyCode.SPACE);
    window.until("it has played into the third packet", () -> position().packet() >= 3);
    window.press(KeyCode.SPACE);
    window.until("it has stopped", () -> !window.model().transport().playingProperty().get());
    Position stopped = window.ask(WindowTest::position);
    window.pulses(10);
    assertThat(window.ask(WindowTest::position)).isEqualTo(stopped);
  }

  @Test
  void arrowsStepOnAndBack() {
    window.press(KeyCode.HOME);
    window.ui(() -> window.model().transport().go(1, false));
    window.until("at the beginning", () -> position().equals(new Position(1, 0, 0)));
    window.press(KeyCode.RIGHT);
    window.until(
        "a program further", () -> position().row() > 0 && !window.model().transport().running());
    Position there = window.ask(WindowTest::position);
    assertThat(window.ask(() -> window.model().steps().rows().get(there.row()).kernel()))
        .startsWith("enter ");
    window.press(KeyCode.LEFT);
    window.until("back at the beginning", () -> position().equals(new Position(1, 0, 0)));
  }

  @Test
  void lettersGoToTheNextDropAndDivergence() {
    window.press(KeyCode.N);
    window.until("the first drop", () -> position().packet() == 5);
    window.press(KeyCode.D);
    window.until("the first divergence", () -> position().packet() == 40);
    window.until(
        "the explanation", () -> !window.model().steps().explanationProperty().get().isEmpty());
    window.press(KeyCode.F7);
    window.until("the packet before", () -> position().packet() == 39);
    window.ui(() -> window.model().goTo(34));
    window.press(KeyCode.CONTROL, KeyCode.PERIOD);
    window.until("the next of its flow, past the knock", () -> position().packet() == 36);
  }

  @Test
  void slashFiltersAndEscapeShowsAllAgain() {
    TableView<?> packets = window.find("Packets");
    window.press(KeyCode.SLASH);
    window.until("the filter has the keyboard", () -> window.focusIsText());
    window.type("gre");
    window.until("only GRE is left", () -> packets.getItems().size() == 32);
    window.press(KeyCode.ESCAPE);
    window.until("all are back", () -> packets.getItems().size() == 1284);
  }

  @Test
  void spaceInTheFilterIsALetter() {
    window.press(KeyCode.SLASH);
    window.until("the filter has the keyboard", () -> window.focusIsText());
    window.type("tcp");
    window.press(KeyCode.SPACE);
    window.type("syn");
    assertThat(window.ask(() -> window.model().transport().playingProperty().get())).isFalse();
    TableView<?> packets = window.find("Packets");
    window.until("two words filter", () -> packets.getItems().size() < 1284);
    window.press(KeyCode.ESCAPE);
  }

  @Test
  void choosingARowGoesThere() {
    TableView<?> packets = window.find("Packets");
    window.ui(() -> packets.getSelectionModel().select(999));
    window.until("packet 1000", () -> position().packet() == 1000);
    window.until(
        "its steps",
        () -> window.model().steps().titleProperty().get().equals("Steps of packet 1000"));
  }

  @Test
  void helpComesAndGoes() {
    window.press(KeyCode.F1);
    window.until("the help is there", () -> window.shows("Keys"));
    window.press(KeyCode.ESCAPE);
    window.until("the help is gone", () -> !window.shows("Keys"));
  }

  @Test
  void anErrorIsOneMessageAndTheWindowStays() {
    window.ui(() -> window.model().open("no.pcap", null, 0, 0));
    window.until("the message", () -> window.shows("open capture: no.pcap: no such file"));
    TableView<?> packets = window.find("Packets");
    assertThat(window.ask(() -> packets.getItems().size())).isEqualTo(1284);
    window.press(KeyCode.ESCAPE);
    window.until("it is put away", () -> !window.shows("open capture: no.pcap: no such file"));
  }

  @Test
  void darkAndLight() {
    window.press(KeyCode.CONTROL, KeyCode.L);
    window.pulses(4);
    double dark = window.brightness();
    window.press(KeyCode.CONTROL, KeyCode.L);
    window.pulses(4);
    double light = window.brightness();
    assertThat(dark).isLessThan(0.35);
    assertThat(light).isGreaterThan(0.75);
  }

  /** Processor time, not the clock's: other work on the machine must not fail it. */
  @Test
  void playingCostsTheUiThreadLittle() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Long> costs = new ArrayList<>();
    window.ui(() -> {
      window.model().transport().speedProperty().set(1);
      window.model().transport().go(30, false);
    });
    window.until("its rows are known", () -> window.model().settledProperty().get());
    window.ui(() -> window.model().transport().togglePlay());
    for (int pulse = 0; pulse < 240; pulse++) {
      costs.add(
          window.ask(() -> {
            long before = threads.getCurrentThreadCpuTime();
            window.model().transport().tick(1 / 60.0);
            return threads.getCurrentThreadCpuTime() - before;
          }));
    }
    window.ui(() -> window.model().transport().stop());
    costs.sort(null);
    assertThat(costs.get(costs.size() * 95 / 100))
        .as("our own work in a pulse at the 95th percentile, nanoseconds of %s", costs)
        .isLessThan(4_000_000);
  }

  @Test
  void nothingIsCutInTheSmallestWindow() {
    window.ui(() -> {
      window.stage().setWidth(WindowOptions.MIN_WIDTH);
      window.stage().setHeight(WindowOptions.MIN_HEIGHT);
    });
    window.pulses(6);
    assertThat(window.outside()).as("nodes that stick out of the scene").isEmpty();
    window.ui(() -> {
      window.stage().setWidth(1440);
      window.stage().setHeight(900);
    });
    window.pulses(3);
  }
}
