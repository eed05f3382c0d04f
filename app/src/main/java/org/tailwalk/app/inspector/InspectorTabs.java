// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Region;
import org.tailwalk.app.text.Texts;

/** The tabs of the lower right pane: the packet, and whatever else features show of it. */
public final class InspectorTabs {
  /** What all tabs need in their usual size. */
  private static final double ALL_TABS = 290;

  private static final double TIGHT_TABS = 245;
  private static final PseudoClass TIGHT = PseudoClass.getPseudoClass("tight");
  private static final PseudoClass TIGHTEST = PseudoClass.getPseudoClass("tightest");

  private final TabPane pane = new TabPane();
  private final ReadOnlyStringWrapper shown = new ReadOnlyStringWrapper("");

  /** None yet. */
  public InspectorTabs() {
    pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    pane.setTabDragPolicy(TabPane.TabDragPolicy.FIXED);
    pane.getStyleClass().add("inspector-tabs");
    pane.setAccessibleText(Texts.of(InspectorTabs.class).get("tabs"));
    pane.widthProperty()
        .addListener((_, _, now) -> {
          pane.pseudoClassStateChanged(TIGHT, now.doubleValue() < ALL_TABS);
          pane.pseudoClassStateChanged(TIGHTEST, now.doubleValue() < TIGHT_TABS);
        });
    pane.getSelectionModel().selectedItemProperty().addListener((_, _, _) -> shown.set(shown()));
  }

  /**
   * Adds a tab.
   *
   * @param id stable; {@link #show} takes it
   * @param title in the user's language, one word
   */
  public void add(String id, String title, Region view) {
    Tab tab = new Tab(title, view);
    tab.setId(id);
    pane.getTabs().add(tab);
  }

  /** Brings a tab to the front. */
  public void show(String id) {
    pane.getTabs().stream()
        .filter(tab -> id.equals(tab.getId()))
        .findFirst()
        .ifPresent(pane.getSelectionModel()::select);
  }

  /** The name of the tab in front. */
  public String shown() {
    Tab tab = pane.getSelectionModel().getSelectedItem();
    return tab == null ? "" : String.valueOf(tab.getId());
  }

  /** The name of the tab in front, as it changes. */
  public ReadOnlyStringProperty shownProperty() {
    return shown.getReadOnlyProperty();
  }

  /** What to put into the window. */
  public TabPane pane() {
    return pane;
  }
}
