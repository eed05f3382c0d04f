// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.lesson.LessonViewModel.Phase;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.datapath.ModelReplayEngine;
import org.tailwalk.replay.PacketReplay;

/** A learner's way through real lessons, replayed by the model, with no window. */
class LessonViewModelTest {
  @TempDir Path folder;

  private final Focus focus = new Focus();
  private final Room room = new Room();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final Work work = new Work(Runnable::run, later::add);

  /** As the window would: opens, goes, plays. */
  private final class Room implements Classroom {
    final List<String> done = new ArrayList<>();
    Replay replay;

    @Override
    public void open(LessonScene scene, int packet) {
      done.add("open " + scene.datapath() + ", veiled from " + focus.veiledFromProperty().get());
      try {
        OpenCapture capture =
            Openings.forWindow(
                scene.capture().toString(),
                scene.scenario() == null ? null : scene.scenario().toString(),
                (_, _) -> true);
        replay =
            Replay.run(
                capture,
                scene.dress(capture.scenario()),
                Lanes.modelAlone("", new ModelReplayEngine()),
                (_, _) -> true);
        open.add(replay);
        open.add(() -> capture.close().run());
        focus.show(replay);
        show(packet, 0);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void show(int packet, int row) {
      if (packet > replay.summaries().size()) {
        return;
      }
      try {
        focus.show(replay.packet(packet, (_, _) -> true), row);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void play(int row) {
      done.add("play");
      focus.show(focus.packet().orElseThrow(), row);
    }

    @Override
    public boolean hurry() {
      return false;
    }
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private LessonViewModel viewModel() {
    focus.navigator(room::show);
    LessonViewModel model =
        new LessonViewModel(
            focus,
            work,
            room,
            ShippedLessonsTest.SHELF,
            LessonProgress.in(folder.resolve("lessons.properties")));
    model.load();
    settle();
    assertThat(model.troubleProperty().get()).isEmpty();
    return model;
  }

  /** What was put off to the UI thread. */
  private void settle() {
    while (!later.isEmpty()) {
      later.removeFirst().run();
    }
  }

  private String line() {
    settle();
    PacketReplay packet = focus.packet().orElseThrow();
    return packet.number()
        + ": "
        + org.tailwalk.replay.EventText.line(
            packet.rows().get(focus.rowProperty().get()).either().event());
  }

  @Test
  void theFirstPageStandsBesideTheLessonsOwnCaptureAndGivesNothingAway() {
    LessonViewModel model = viewModel();
    model.open("policy-key");
    assertThat(line()).startsWith("1: enter handle_policy");
    assertThat(focus.replay().orElseThrow().scenario().name()).isEqualTo("Seven keys");
    assertThat(focus.veiledFromProperty().get()).isEqualTo(1);
  }

  @Test
  void aPageWaitsBeforeTheAnswerAndPlaysBehindIt() {
    LessonViewModel model = viewModel();
    model.open("expired");
    settle();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.TELLING);
    model.next();
    settle();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.ASKING);
    assertThat(line()).isEqualTo("1: enter cil_from_container");
    assertThat(focus.veiledFromProperty().get()).isEqualTo(1);
    model.answer("60");
    settle();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.REVEALED);
    assertThat(line()).isEqualTo("1: to stack");
    assertThat(focus.veiledFromProperty().get()).isZero();
    model.next();
    settle();
    assertThat(line()).startsWith("4: enter tail_ipv4_ct_ingress_policy_only");
    assertThat(focus.veiledFromProperty().get()).isEqualTo(4);
    assertThat(room.done).containsExactly("open bundled:seed, veiled from 1", "play");
  }

  @Test
  void aWrongAnswerGetsItsReasonAndTheVeilStays() {
    LessonViewModel model = viewModel();
    model.open("expired");
    settle();
    model.next();
    settle();
    model.answer("21600");
    settle();
    assertThat(model.verdictProperty().get())
        .isEqualTo(new Question.Verdict(false, "That is for TCP."));
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.ASKING);
    assertThat(focus.veiledFromProperty().get()).isEqualTo(1);
    model.answer("60");
    settle();
    model.close();
    settle();
    LessonCard card = card(model, "expired");
    assertThat(card.answered()).isEqualTo(1);
    assertThat(card.right()).as("only a first answer counts").isZero();
  }

  @Test
  void anotherEraIsAnotherReplayOfTheSameCapture() {
    LessonViewModel model = viewModel();
    model.open("nobody-heard");
    settle();
    for (int i = 0; i < 3; i++) {
      model.next();
      settle();
    }
    assertThat(model.current().orElseThrow().title()).contains("wrongly");
    model.reveal();
    settle();
    assertThat(line()).isEqualTo("1: dropped");
    model.next();
    settle();
    model.reveal();
    settle();
    assertThat(line()).isEqualTo("2: passes unpoliced on raw -157");
    assertThat(room.done.stream().filter(d -> d.startsWith("open")))
        .containsExactly("open bundled:seed, veiled from 1", "open bundled:pr25426, veiled from 1");
  }

  @Test
  void somethingElseOpenedMeanwhileMakesTheSceneOpenAgain() {
    LessonViewModel model = viewModel();
    model.open("expired");
    settle();
    model.next();
    settle();
    focus.show((Replay) null);
    model.next();
    settle();
    assertThat(room.done.stream().filter(d -> d.startsWith("open"))).hasSize(2);
    assertThat(line()).startsWith("4: ");
  }

  @Test
  void oneKeyRevealsAndThenTurnsThePage() {
    LessonViewModel model = viewModel();
    model.open("policy-key");
    settle();
    model.advance();
    settle();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.ASKING);
    model.advance();
    settle();
    assertThat(model.phaseProperty().get()).isEqualTo(Phase.REVEALED);
    assertThat(model.pageProperty().get()).isEqualTo(1);
    model.advance();
    settle();
    assertThat(model.pageProperty().get()).isEqualTo(2);
    model.retreat();
    settle();
    assertThat(model.phaseProperty().get())
        .as("once shown it stays shown")
        .isEqualTo(Phase.REVEALED);
  }

  @Test
  void progressIsRememberedAndCanBeForgotten() throws Exception {
    LessonViewModel model = viewModel();
    model.open("tcp-life");
    settle();
    model.next();
    settle();
    model.answer("60");
    settle();
    model.next();
    settle();
    model.close();
    settle();
    LessonViewModel again = viewModel();
    assertThat(card(again, "tcp-life")).returns(3, LessonCard::read).returns(1, LessonCard::right);
    again.open("tcp-life");
    settle();
    assertThat(again.pageProperty().get()).isEqualTo(2);
    again.reset();
    settle();
    assertThat(again.pageProperty().get()).isZero();
    again.next();
    settle();
    assertThat(again.phaseProperty().get()).isEqualTo(Phase.ASKING);
    again.close();
    settle();
    assertThat(card(again, "tcp-life").answered()).isZero();
  }

  @Test
  void aBrokenProgressFileIsSaidAndLessonsCanStillBeRead() throws Exception {
    Files.writeString(folder.resolve("lessons.properties"), "x.page=\\uzzzz\n");
    LessonViewModel model =
        new LessonViewModel(
            focus,
            work,
            room,
            ShippedLessonsTest.SHELF,
            LessonProgress.in(folder.resolve("lessons.properties")));
    model.load();
    settle();
    assertThat(model.cardsProperty().get()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(model.troubleProperty().get()).contains("lessons.properties");
  }

  @Test
  void aLessonOfOnesOwnOpensAndIsReadAnewWhenItIsOpenedAgain() throws Exception {
    LessonViewModel model = viewModel();
    int shipped = model.cardsProperty().get().size();
    Path own = Files.createDirectory(folder.resolve("own"));
    Path file = own.resolve("lesson.md");
    Files.copy(Path.of("../samples/http/capture.pcap"), own.resolve("c.pcap"));
    String text = "---\ntitle: %s\ncapture: c.pcap\nminutes: 1\nlearn:\n- x\n---\nA text.\n";
    Files.writeString(file, text.formatted("Mine"));
    model.openFrom(own);
    settle();
    assertThat(model.lessonProperty().get().title()).isEqualTo("Mine");
    Files.writeString(file, text.formatted("Mine, mended"));
    model.openFrom(file);
    settle();
    assertThat(model.lessonProperty().get().title()).isEqualTo("Mine, mended");
    assertThat(model.cardsProperty().get()).hasSize(shipped + 1);
    assertThat(model.term("conntrack")).isPresent();
    Files.writeString(file, "no head");
    model.openFrom(own);
    settle();
    assertThat(model.lessonProperty().get()).isNull();
    assertThat(model.troubleProperty().get()).contains("lesson.md");
    model.openFrom(folder.resolve("nothing"));
    settle();
    assertThat(model.troubleProperty().get()).contains("nothing");
  }

  @Test
  void linksLeadToPacketsAndTermsHaveMeanings() {
    LessonViewModel model = viewModel();
    model.open("nobody-heard");
    settle();
    model.next();
    settle();
    model.follow("packet:10/start");
    settle();
    assertThat(line()).startsWith("10: enter handle_policy");
    model.follow("packet:4711");
    settle();
    model.follow("https://example.org");
    settle();
    assertThat(line()).startsWith("10: ");
    assertThat(model.term("Tail Call").orElseThrow()).contains("33 tail calls");
  }

  @Test
  void anAuthorsPointerFindsItsRowAgain() throws Exception {
    LessonViewModel model = viewModel();
    model.open("tcp-life");
    settle();
    model.next();
    settle();
    PacketReplay packet = focus.packet().orElseThrow();
    for (int row = 0; row < packet.rows().size(); row++) {
      focus.show(packet, row);
      String block = model.pointer().orElseThrow();
      String step = block.lines().filter(l -> l.startsWith("step: ")).findFirst().orElseThrow();
      assertThat(StepPointer.parse(step.substring(6)).row(packet)).as(step).hasValue(row);
    }
  }

  @Test
  void progressKeepsToTheFormOfItsFile() throws Exception {
    LessonProgress progress = LessonProgress.in(folder.resolve("deep/er/p.properties"));
    Map<String, LessonProgress.Mark> marks =
        Map.of("a", LessonProgress.Mark.NONE.at(3).with(1, true).with(2, false));
    progress.set(marks);
    progress.save();
    assertThat(progress.load()).isEqualTo(marks);
  }

  @Test
  void whicheverSaveComesLastTheNewestIsKept() throws Exception {
    List<Runnable> background = new ArrayList<>();
    LessonProgress progress = LessonProgress.in(folder.resolve("lessons.properties"));
    LessonViewModel model =
        new LessonViewModel(
            focus,
            new Work(background::add, Runnable::run),
            room,
            ShippedLessonsTest.SHELF,
            progress);
    model.load();
    background.removeFirst().run();
    model.open("nobody-heard");
    model.next();
    model.next();
    assertThat(background).as("nothing was kept yet").hasSizeGreaterThan(1);
    background.reversed().forEach(Runnable::run);
    assertThat(progress.load().get("nobody-heard").page()).isEqualTo(2);
  }

  private static LessonCard card(LessonViewModel model, String id) {
    return model.cardsProperty().get().stream()
        .filter(c -> c.lesson().id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
