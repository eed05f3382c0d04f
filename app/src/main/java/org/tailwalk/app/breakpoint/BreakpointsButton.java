// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitMenuButton;
import javafx.scene.control.Tooltip;
import org.tailwalk.app.annotation.AnnotationsViewModel;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.text.Texts;
import org.tailwalk.app.theme.Icon;
import org.tailwalk.app.theme.InsideWindow;

/** The transport's button: runs to the next breakpoint, and has the other ways in its menu. */
public final class BreakpointsButton extends SplitMenuButton {
  /**
   * A button on {@code model}.
   *
   * @param marks goes to marks
   * @param page opens the page of breakpoints
   * @param narrow there is room for a number alone
   */
  public BreakpointsButton(
      BreakpointsViewModel model,
      AnnotationsViewModel marks,
      Runnable page,
      ObservableValue<Boolean> narrow) {
    Texts texts = Texts.of(BreakpointsButton.class);
    getStyleClass().add("breakpoints-button");
    setGraphic(Icon.BREAKPOINT.node(9));
    setMinWidth(USE_PREF_SIZE);
    setTooltip(new Tooltip(texts.get("button.tip")));
    setAccessibleText(texts.get("button.name"));
    textProperty()
        .bind(
            Bindings.createStringBinding(
                () ->
                    texts.get(
                        narrow.getValue() ? "button.count.narrow" : "button.count",
                        model.listProperty().get().stream().filter(Breakpoint::enabled).count()),
                model.listProperty(),
                narrow));
    setOnAction(_ -> {
      if (model.any()) {
        model.run(1);
      } else {
        page.run();
      }
    });
    getItems()
        .setAll(
            item(texts.get("action.next") + "  (B)", () -> model.run(1)),
            item(texts.get("action.previous") + "  (Shift+B)", () -> model.run(-1)),
            new SeparatorMenuItem(),
            item(texts.get("mark.next") + "  (Ctrl+Shift+N)", () -> marks.goToMark(1)),
            item(texts.get("mark.previous") + "  (Ctrl+Shift+B)", () -> marks.goToMark(-1)),
            new SeparatorMenuItem(),
            item(texts.get("action.here") + "  (Ctrl+B)", model::breakHere),
            item(texts.get("action.list"), page));
    InsideWindow.keep(this);
  }

  private static MenuItem item(String text, Runnable run) {
    MenuItem item = new MenuItem(text);
    item.setOnAction(_ -> run.run());
    return item;
  }
}
