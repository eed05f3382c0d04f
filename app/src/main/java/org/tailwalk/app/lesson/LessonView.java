// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.lesson;

import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.glossary.TermTip;
import org.tailwalk.app.lesson.LessonViewModel.Phase;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;

/** The lessons: the list of them, or the open one's page. Made for a narrow drawer. */
public final class LessonView extends BorderPane {
  private final LessonViewModel model;
  private final boolean presenter;
  private final Texts texts = Texts.of(LessonView.class);
  private final MarkdownView markdown;
  private final VBox content = new VBox();
  private final ScrollPane scroll = new ScrollPane(content);
  private final Label counter = new Label();
  private final ProgressBar bar = new ProgressBar();
  private final Button back = new Button(texts.get("back"));
  private final Button next = new Button(texts.get("next"));
  private final HBox foot = new HBox();
  private Runnable chooseOwn = () -> {};
  private @Nullable QuestionBox box;
  private @Nullable Region reveal;
  private @Nullable LessonPage shown;

  /**
   * A view of {@code model}.
   *
   * @param presenter shows the page alone: no list, no buttons
   */
  public LessonView(LessonViewModel model, boolean presenter) {
    this.model = model;
    this.presenter = presenter;
    this.markdown =
        new MarkdownView(model::follow, term -> model.term(term).orElse(texts.get("term.unknown")));
    getStyleClass().addAll("pane", "lesson");
    content.getStyleClass().add("lesson-content");
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("lesson-scroll");
    setCenter(scroll);
    back.setOnAction(_ -> model.back());
    next.setOnAction(_ -> model.next());
    for (Button button : new Button[] {back, next}) {
      button.setMinWidth(Region.USE_PREF_SIZE);
    }
    next.getStyleClass().add("primary");
    back.setTooltip(new Tooltip("Alt+←"));
    next.setTooltip(new Tooltip("Alt+→"));
    counter.getStyleClass().add("about");
    counter.setMinWidth(Region.USE_PREF_SIZE);
    bar.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(bar, Priority.ALWAYS);
    foot.getChildren().addAll(back, bar, counter, next);
    foot.getStyleClass().add("lesson-foot");
    if (presenter) {
      foot.getChildren().setAll(bar, counter);
    }
    model.turnedProperty().addListener((_, _, _) -> show());
    model.cardsProperty().addListener((_, _, _) -> show());
    model.troubleProperty().addListener((_, _, _) -> show());
    model.phaseProperty().addListener((_, _, now) -> phase(now));
    model.verdictProperty().addListener((_, _, _) -> phase(model.phaseProperty().get()));
    show();
  }

  /** Asks for a lesson of one's own when its button is pressed. */
  public void onOwn(Runnable choose) {
    chooseOwn = choose;
  }

  private void show() {
    LessonPage page = model.current().orElse(null);
    Lesson lesson = model.lessonProperty().get();
    if (page == null || lesson == null) {
      shown = null;
      setBottom(null);
      shelf();
      return;
    }
    if (page == shown) {
      return;
    }
    shown = page;
    int at = model.pageProperty().get();
    int of = lesson.pages().size();
    counter.setText(texts.get("page", at + 1, of));
    bar.setProgress((at + 1.0) / of);
    back.setDisable(at == 0);
    next.setDisable(at == of - 1);
    setBottom(foot);
    page(lesson, page, at);
    phase(model.phaseProperty().get());
    scroll.setVvalue(0);
  }

  private void page(Lesson lesson, LessonPage page, int at) {
    content.getChildren().clear();
    box = null;
    reveal = null;
    if (!presenter) {
      content.getChildren().add(head(lesson));
    }
    Label title = new Label(page.title());
    title.getStyleClass().add("page-title");
    title.setWrapText(true);
    title.setMinHeight(Region.USE_PREF_SIZE);
    content.getChildren().addAll(title, markdown.blocks(page.story()));
    if (at == 0 && !lesson.learn().isEmpty()) {
      content.getChildren().add(learn(lesson));
    }
    Question question = page.question();
    if (question != null) {
      QuestionBox asked = new QuestionBox(model, markdown, question);
      box = asked;
      VBox behind = markdown.blocks(page.reveal());
      if (page.play() != null && !presenter) {
        Button again = new Button(texts.get("again"), Icon.PLAY.node(10));
        again.setOnAction(_ -> model.playAgain());
        behind.getChildren().addFirst(again);
      }
      behind.getStyleClass().add("reveal");
      behind.managedProperty().bind(behind.visibleProperty());
      reveal = behind;
      content.getChildren().addAll(asked, behind);
    }
    if (at == lesson.pages().size() - 1) {
      Label end = new Label(texts.get("done"));
      end.getStyleClass().add("muted");
      content.getChildren().add(end);
    }
  }

  private HBox head(Lesson lesson) {
    Button all = new Button(null, Icon.STEP_BACK.node(10));
    all.getStyleClass().add("flat");
    all.setTooltip(new Tooltip(texts.get("all")));
    all.setAccessibleText(texts.get("all"));
    all.setOnAction(_ -> model.close());
    Label name = new Label(lesson.title());
    name.getStyleClass().add("lesson-name");
    name.setMinWidth(0);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    Button reset = new Button(null, Icon.FIRST.node(10));
    reset.getStyleClass().add("flat");
    reset.setTooltip(new Tooltip(texts.get("reset")));
    reset.setAccessibleText(texts.get("reset"));
    reset.setOnAction(_ -> model.reset());
    HBox head = new HBox(all, name, space, reset);
    head.setAlignment(Pos.CENTER_LEFT);
    head.getStyleClass().add("lesson-head");
    return head;
  }

  private VBox learn(Lesson lesson) {
    Label title = new Label(texts.get("learn"));
    title.getStyleClass().add("strong");
    VBox learn = new VBox(title);
    learn.getStyleClass().add("learn");
    for (String each : lesson.learn()) {
      Label mark = new Label("•");
      mark.setMinWidth(Region.USE_PREF_SIZE);
      var words = markdown.inline(each);
      HBox.setHgrow(words, Priority.ALWAYS);
      HBox item = new HBox(mark, words);
      item.getStyleClass().add("list-item");
      learn.getChildren().add(item);
    }
    return learn;
  }

  private void phase(Phase now) {
    QuestionBox asked = box;
    if (asked != null && now != Phase.SHELF) {
      asked.show(now, model.verdictProperty().get());
    }
    Region behind = reveal;
    if (behind != null) {
      boolean was = behind.isVisible();
      behind.setVisible(now == Phase.REVEALED);
      if (!was && behind.isVisible() && asked != null) {
        // What was hidden begins right below the answer: bring both into sight.
        Platform.runLater(() -> scrollTo(asked));
      }
    }
  }

  private void scrollTo(Region child) {
    scroll.layout();
    double room = content.getHeight() - scroll.getViewportBounds().getHeight();
    if (room > 0) {
      double top = child.getBoundsInParent().getMinY();
      scroll.setVvalue(Math.clamp(top / room, 0, 1));
    }
  }

  private void shelf() {
    content.getChildren().clear();
    box = null;
    reveal = null;
    String trouble = model.troubleProperty().get();
    if (!trouble.isEmpty()) {
      Label label = new Label(trouble);
      label.getStyleClass().addAll("said", "wrong");
      label.setWrapText(true);
      content.getChildren().add(label);
    }
    boolean none = model.cardsProperty().get().isEmpty();
    Label intro =
        new Label(texts.get(presenter ? "present.none" : none ? "shelf.empty" : "shelf.intro"));
    intro.setWrapText(true);
    intro.setMinHeight(Region.USE_PREF_SIZE);
    intro.getStyleClass().add("muted");
    content.getChildren().add(intro);
    if (!presenter) {
      model.cardsProperty().get().forEach(card -> content.getChildren().add(card(card)));
      Button own = new Button(texts.get("own"));
      own.setId("own-lesson");
      own.setTooltip(new Tooltip(texts.get("own.tip")));
      own.setOnAction(_ -> chooseOwn.run());
      content.getChildren().add(own);
    }
  }

  private Button card(LessonCard card) {
    Lesson lesson = card.lesson();
    Label title = new Label(lesson.title());
    title.getStyleClass().add("strong");
    TermTip.whole(title);
    String words =
        card.done()
            ? texts.get("card.done", lesson.minutes(), card.right(), lesson.questions())
            : card.read() == 0
                ? texts.get("card.new", lesson.minutes(), lesson.pages().size(), lesson.questions())
                : texts.get(
                    "card.about",
                    lesson.minutes(),
                    card.read(),
                    lesson.pages().size(),
                    card.answered(),
                    lesson.questions());
    Label about = new Label(words);
    about.getStyleClass().add("about");
    TermTip.whole(about);
    if (card.done()) {
      about.setGraphic(Icon.CHECK.node(10));
    }
    ProgressBar read = new ProgressBar(card.share());
    read.setMaxWidth(Double.MAX_VALUE);
    VBox inside = new VBox(title, about, read);
    inside.getStyleClass().add("card-inside");
    Button button = new Button(null, inside);
    button.getStyleClass().add("card");
    button.setMaxWidth(Double.MAX_VALUE);
    button.setAccessibleText(lesson.title() + ", " + words);
    button.setOnAction(_ -> model.open(lesson));
    return button;
  }

  /** Puts the keyboard where an answer is given, or on the way on. */
  public void focusAnswer() {
    QuestionBox asked = box;
    if (asked != null && model.phaseProperty().get() == Phase.ASKING) {
      asked.focus();
    } else {
      next.requestFocus();
    }
  }
}
