// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.annotation;

import java.util.List;
import java.util.function.Consumer;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.text.Texts;

/** Marks, time references, notes and following a flow, with Wireshark's keys. */
public final class AnnotationActions {
  private final AnnotationsViewModel model;
  private final Consumer<String> filter;
  private final Texts texts = Texts.of(AnnotationActions.class);

  /** On {@code model}; following a flow sets {@code filter}. */
  public AnnotationActions(AnnotationsViewModel model, Consumer<String> filter) {
    this.model = model;
    this.filter = filter;
  }

  private Annotations said() {
    return model.annotationsProperty().get();
  }

  /**
   * All of them.
   *
   * @param writeNote opens the page on which notes are written
   */
  public List<Action> all(Runnable writeNote) {
    return List.of(
        action("mark", model::toggleMark, "Ctrl+M"),
        action("mark-next", () -> model.goToMark(1), "Ctrl+Shift+N")
            .when(() -> !said().marks().isEmpty()),
        action("mark-previous", () -> model.goToMark(-1), "Ctrl+Shift+B")
            .when(() -> !said().marks().isEmpty()),
        action("mark-shown", () -> model.markShown(true), "Ctrl+Shift+M"),
        action("unmark-shown", () -> model.markShown(false), "Ctrl+Alt+M"),
        action("reference", model::toggleReference, "Ctrl+T"),
        action("reference-next", () -> model.goToReference(1), "Ctrl+Alt+N")
            .when(() -> !said().references().isEmpty()),
        action("reference-previous", () -> model.goToReference(-1), "Ctrl+Alt+B")
            .when(() -> !said().references().isEmpty()),
        action("follow-flow", () -> filter.accept(model.followFlow()), "Ctrl+Alt+Shift+T")
            .when(() -> !model.followFlow().isEmpty()),
        action("note", writeNote, "Ctrl+Alt+C"));
  }

  private Action action(String name, Runnable run, String... keys) {
    return Action.of(
        "packets." + name, texts.get("chapter"), texts.get("action." + name), run, keys);
  }
}
