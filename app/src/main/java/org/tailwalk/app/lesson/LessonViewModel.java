// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.lesson.LessonPage.Shot;
import org.tailwalk.app.lesson.LessonProgress.Mark;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;

/**
 * A learner's way through the lessons: which lesson and page are open, whether the question there
 * is still to be answered, and what the window is to show meanwhile. While a question is open, the
 * focus is veiled from the packet it is about: nothing in the window may give the answer away.
 */
public final class LessonViewModel {
  private static final System.Logger LOG = System.getLogger(LessonViewModel.class.getName());

  /** Where a page stands. */
  public enum Phase {
    /** No lesson is open: the list is shown. */
    SHELF,
    /** The page asks nothing. */
    TELLING,
    /** The question waits for an answer; the rest of the page is hidden. */
    ASKING,
    /** The question is answered, or given up. */
    REVEALED
  }

  private final Focus focus;
  private final Work work;
  private final Classroom room;
  private final Path shelf;
  private final LessonProgress progress;
  private final Map<String, Mark> marks = new HashMap<>();
  private final ReadOnlyObjectWrapper<List<LessonCard>> cards =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable Lesson> lesson = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper page = new ReadOnlyIntegerWrapper();
  private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.SHELF);
  private final ReadOnlyObjectWrapper<Question.@Nullable Verdict> verdict =
      new ReadOnlyObjectWrapper<>();
  private final ReadOnlyIntegerWrapper turned = new ReadOnlyIntegerWrapper();
  private List<Lesson> lessons = List.of();
  private Glossary glossary = Glossary.EMPTY;
  private @Nullable LessonScene scene;
  private @Nullable Replay sceneReplay;
  private boolean opening;
  private @Nullable Shot wanted;
  private boolean wantedPlayed;
  private boolean tried;

  /**
   * With what it works with.
   *
   * @param work whose background reads lessons and keeps the progress
   * @param shelf the folder of the lessons
   */
  public LessonViewModel(
      Focus focus, Work work, Classroom room, Path shelf, LessonProgress progress) {
    this.focus = focus;
    this.work = work;
    this.room = room;
    this.shelf = shelf;
    this.progress = progress;
    focus.replayProperty().addListener((_, _, now) -> replayed(now));
    focus.packetProperty().addListener((_, _, _) -> work.onUi(this::arrived));
  }

  private static String language() {
    return Locale.getDefault().getLanguage();
  }

  private record Loaded(LessonShelf.Content content, Map<String, Mark> marks, String trouble) {}

  /** Reads the lessons and how far they were read. */
  public void load() {
    work.run(
        () -> {
          LessonShelf.Content content = LessonShelf.read(shelf, language());
          try {
            return new Loaded(content, progress.load(), "");
          } catch (IOException e) {
            return new Loaded(content, Map.of(), Texts.say(e));
          }
        },
        loaded -> {
          lessons = loaded.content.lessons();
          glossary = loaded.content.glossary();
          loaded.marks.forEach(marks::putIfAbsent);
          List<String> all = new ArrayList<>();
          loaded.content.broken().forEach(b -> all.add(b.message()));
          if (!loaded.trouble.isEmpty()) {
            all.add(loaded.trouble);
          }
          trouble.set(String.join("\n", all));
          deal();
        },
        e -> trouble.set("read lessons: " + shelf + ": " + e.getMessage()));
  }

  /**
   * Reads lessons that somebody has written and puts them in front of the others; a single one is
   * opened. What was read from there before is read anew, so that an author sees what was changed.
   *
   * @param named a lesson's folder, its file, or a folder of lessons
   */
  public void openFrom(Path named) {
    work.run(
        () -> LessonShelf.open(named, language()),
        content -> {
          List<Lesson> all = new ArrayList<>(content.lessons());
          lessons.stream()
              .filter(old -> all.stream().noneMatch(l -> l.file().equals(old.file())))
              .toList()
              .forEach(all::add);
          lessons = List.copyOf(all);
          glossary = content.glossary().or(glossary);
          trouble.set(
              String.join(
                  "\n", content.broken().stream().map(LessonShelf.Broken::message).toList()));
          close();
          if (content.lessons().size() == 1 && content.broken().isEmpty()) {
            open(content.lessons().getFirst());
          }
        },
        e -> {
          close();
          trouble.set("read lessons: " + named + ": " + e.getMessage());
        });
  }

  private void deal() {
    cards.set(
        lessons.stream()
            .map(each -> {
              Mark mark = marks.getOrDefault(each.id(), Mark.NONE);
              return new LessonCard(
                  each, mark.furthest() + 1, mark.answered().size(), mark.right().size());
            })
            .toList());
  }

  /** Opens a lesson where it was left. */
  public void open(Lesson chosen) {
    int at = marks.getOrDefault(chosen.id(), Mark.NONE).page();
    turn(chosen, Math.clamp(at, 0, chosen.pages().size() - 1));
  }

  /** Opens the lesson of this name, when the shelf has it. */
  public void open(String id) {
    lessons.stream().filter(l -> l.id().equals(id)).findFirst().ifPresent(this::open);
  }

  /** Shows the open page again, as when it was turned to: the drawer was closed meanwhile. */
  public void resume() {
    if (phase.get() == Phase.ASKING) {
      turn(page.get());
    }
  }

  /** Back to the list; what the window shows stays. */
  public void close() {
    lesson.set(null);
    wanted = null;
    focus.veil(0);
    phase.set(Phase.SHELF);
    deal();
    turned.set(turned.get() + 1);
  }

  /** The next page; an open question stays unanswered. */
  public void next() {
    Lesson open = lesson.get();
    if (open != null && page.get() < open.pages().size() - 1) {
      turn(page.get() + 1);
    }
  }

  /** The page before. */
  public void back() {
    if (lesson.get() != null && page.get() > 0) {
      turn(page.get() - 1);
    }
  }

  /** One thing after the other, by one key: what is played ends, the answer shows, a page turns. */
  public void advance() {
    if (phase.get() == Phase.ASKING) {
      reveal();
    } else if (!room.hurry()) {
      next();
    }
  }

  /** The same backward: an answer is not hidden again. */
  public void retreat() {
    back();
  }

  private void turn(int to) {
    turn(Objects.requireNonNull(lesson.get()), to);
  }

  private void turn(Lesson open, int to) {
    LessonPage now = open.pages().get(to);
    Mark mark = marks.getOrDefault(open.id(), Mark.NONE).at(to);
    keep(open, mark);
    tried = false;
    verdict.set(null);
    boolean asks = now.question() != null && !mark.answered().contains(to);
    // The veil falls before anything of the page is shown.
    Shot shown = now.shot();
    int next = shown == null ? nextAsked(open, to, mark) : 0;
    // Before the first question the packets ahead of it may give its answer away, too.
    focus.veil(
        next > 0 && to == 0 ? 1 : next > 0 ? next : asks && shown != null ? shown.packet() : 0);
    lesson.set(open);
    page.set(to);
    phase.set(now.question() == null ? Phase.TELLING : asks ? Phase.ASKING : Phase.REVEALED);
    turned.set(turned.get() + 1);
    if (shown != null) {
      go(now.scene(), shown, false);
    } else if (!here(now.scene())) {
      // A page that only tells, such as the first one: beside it stands what it tells of.
      go(now.scene(), new Shot(1, StepPointer.parse("start"), now.line()), false);
    }
  }

  /** The packet that the next question about the same scene is about; 0 for none. */
  private static int nextAsked(Lesson open, int from, Mark mark) {
    LessonScene scene = open.pages().get(from).scene();
    for (int i = from + 1; i < open.pages().size(); i++) {
      LessonPage page = open.pages().get(i);
      Shot shot = page.shot();
      boolean asks = page.question() != null && !mark.answered().contains(i);
      if (shot != null && asks && page.scene().equals(scene)) {
        return shot.packet();
      }
    }
    return 0;
  }

  private void keep(Lesson of, Mark mark) {
    marks.put(of.id(), mark);
    progress.set(marks);
    work.run(
        () -> {
          progress.save();
          return true;
        },
        _ -> {},
        e -> LOG.log(System.Logger.Level.WARNING, "the lessons' progress is not kept", e));
  }

  /**
   * Judges an answer; a right one reveals.
   *
   * @param answer the option's place from 0, a number, or words
   */
  public void answer(String answer) {
    LessonPage now = current().orElse(null);
    if (now == null || now.question() == null || phase.get() != Phase.ASKING) {
      return;
    }
    Question.Verdict judged = now.question().judge(answer);
    verdict.set(judged);
    if (judged.right()) {
      unveil(!tried);
    }
    tried = true;
  }

  /** Gives the question up: the answer is shown. */
  public void reveal() {
    if (phase.get() == Phase.ASKING) {
      unveil(false);
    }
  }

  private void unveil(boolean firstWasRight) {
    Lesson open = Objects.requireNonNull(lesson.get());
    int at = page.get();
    keep(open, marks.getOrDefault(open.id(), Mark.NONE).with(at, firstWasRight));
    focus.veil(0);
    phase.set(Phase.REVEALED);
    playAgain();
  }

  /** Plays the page's answer, from where the question was asked. */
  public void playAgain() {
    LessonPage now = current().orElse(null);
    if (now == null || now.play() == null || phase.get() == Phase.ASKING) {
      return;
    }
    if (now.shot() != null && now.shot().packet() == now.play().packet()) {
      PacketReplay shown = focus.packet().orElse(null);
      int from = shown == null ? -1 : now.shot().step().row(shown).orElse(-1);
      if (from >= 0
          && shown != null
          && shown.number() == now.shot().packet()
          && here(now.scene())) {
        focus.go(now.shot().packet(), from);
      }
    }
    go(now.scene(), now.play(), true);
  }

  /** Forgets how far the open lesson was read, and begins it anew. */
  public void reset() {
    Lesson open = lesson.get();
    if (open != null) {
      keep(open, Mark.NONE);
      turn(0);
    }
  }

  /** Follows a pointer in the text. */
  public void follow(String destination) {
    Shot shot = LessonReader.pointer(destination, 0);
    LessonPage now = current().orElse(null);
    if (shot == null || shot.packet() == 0 || now == null) {
      return;
    }
    go(now.scene(), shot, false);
  }

  /** What a term means. */
  public Optional<String> term(String term) {
    return glossary.find(term);
  }

  /** The window's place, as an author writes it; empty without a packet. */
  public Optional<String> pointer() {
    return focus.packet().map(p -> LessonPointer.of(p, focus.rowProperty().get()));
  }

  private boolean here(LessonScene of) {
    return of.equals(scene) && !opening && sceneReplay == focus.replay().orElse(null);
  }

  private void go(LessonScene of, Shot shot, boolean played) {
    wanted = shot;
    wantedPlayed = played;
    if (opening && of.equals(scene)) {
      return; // It is on its way: what is wanted there is known.
    }
    if (!here(of)) {
      scene = of;
      opening = true;
      room.open(of, shot.packet());
      return;
    }
    if (focus.packet().filter(p -> p.number() == shot.packet()).isPresent()) {
      arrived();
    } else {
      focus.go(shot.packet(), 0);
    }
  }

  private void replayed(@Nullable Replay now) {
    if (opening && now != null) {
      opening = false;
      sceneReplay = now;
    } else if (now != sceneReplay) {
      // Somebody opened something else: the lesson opens its scene again when it needs it.
      sceneReplay = null;
      scene = null;
      wanted = null;
    }
  }

  private void arrived() {
    Shot shot = wanted;
    PacketReplay packet = focus.packet().orElse(null);
    if (shot == null || packet == null || opening) {
      return;
    }
    if (packet.number() != shot.packet()) {
      focus.go(shot.packet(), 0);
      return;
    }
    wanted = null;
    int row = shot.step().row(packet).orElse(0);
    if (wantedPlayed) {
      room.play(row);
    } else {
      focus.go(shot.packet(), row);
    }
  }

  /** The page that is open. */
  public Optional<LessonPage> current() {
    Lesson open = lesson.get();
    return open == null ? Optional.empty() : Optional.of(open.pages().get(page.get()));
  }

  /** The lessons there are. */
  public ReadOnlyObjectProperty<List<LessonCard>> cardsProperty() {
    return cards.getReadOnlyProperty();
  }

  /** Why lessons are missing; empty when none are. */
  public ReadOnlyStringProperty troubleProperty() {
    return trouble.getReadOnlyProperty();
  }

  /** Changes whenever another page is open, after everything about it is known. */
  public ReadOnlyIntegerProperty turnedProperty() {
    return turned.getReadOnlyProperty();
  }

  /** The open lesson; holds null while the list is shown. */
  public ReadOnlyObjectProperty<@Nullable Lesson> lessonProperty() {
    return lesson.getReadOnlyProperty();
  }

  /** The open page, from 0. */
  public ReadOnlyIntegerProperty pageProperty() {
    return page.getReadOnlyProperty();
  }

  /** Where the page stands. */
  public ReadOnlyObjectProperty<Phase> phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  /** How the last answer fared; holds null before one was given. */
  public ReadOnlyObjectProperty<Question.@Nullable Verdict> verdictProperty() {
    return verdict.getReadOnlyProperty();
  }
}
