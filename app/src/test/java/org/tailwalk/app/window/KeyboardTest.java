// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.action.Action;
import org.tailwalk.app.action.Actions;
import org.tailwalk.app.action.Key;

/** Everything can be reached without a mouse. */
@Tag("window")
final class KeyboardTest {
  private static final int MOST_STOPS = 150;
  @AutoClose private static WindowHarness window;

  @BeforeAll
  static void openWindow() throws Exception {
    window = WindowHarness.open(Setups.withObjects(Setups.samples(), Setups.models()));
  }

  @BeforeEach
  void openCapture() {
    window.show("nobody-heard", 8, 0);
    TableView<?> packets = window.find("Packets");
    window.ui(packets::requestFocus);
    window.until("the list has the keyboard", packets::isFocused);
  }

  private static Actions actions() {
    return window.window().actions();
  }

  private static Node focused() {
    return window.ask(() -> window.stage().getScene().getFocusOwner());
  }

  private static void press(Key key) {
    List<KeyCode> keys = new ArrayList<>();
    if (key.control()) {
      keys.add(KeyCode.CONTROL);
    }
    if (key.alt()) {
      keys.add(KeyCode.ALT);
    }
    if (key.shift()) {
      keys.add(KeyCode.SHIFT);
    }
    assertThat(key.typed()).isIn("", "/");
    keys.add(key.typed().isEmpty() ? key.code() : KeyCode.SLASH);
    window.press(keys.toArray(KeyCode[]::new));
  }

  /** Does an action by the first of its keys. */
  private static void press(String id) {
    press(actions().find(id).orElseThrow().keys().getFirst());
  }

  @Test
  void tabGoesThroughAllPanes() {
    Set<Node> stops = new LinkedHashSet<>();
    Node first = null;
    for (int i = 0; i < MOST_STOPS; i++) {
      window.press(KeyCode.TAB);
      Node stop = focused();
      if (first == null) {
        first = stop;
      } else if (stop == first) {
        break;
      }
      stops.add(stop);
    }
    List<String> tables =
        window.ask(() ->
            stops.stream()
                .filter(n -> n instanceof TableView<?>)
                .map(Node::getAccessibleText)
                .toList());
    assertThat(tables).contains("Packets", "Steps");
    assertThat(stops.size()).isBetween(15, MOST_STOPS - 1);
    List<String> nameless = new ArrayList<>();
    window.ui(() -> {
      for (Node stop : stops) {
        boolean named =
            stop.getAccessibleText() != null
                || stop instanceof Labeled l && l.getText() != null && !l.getText().isBlank()
                || stop instanceof Labeled m && m.getTooltip() != null;
        if (stop instanceof ButtonBase && !named) {
          nameless.add(stop.toString());
        }
      }
    });
    assertThat(nameless).as("buttons that say nothing to a screen reader").isEmpty();
  }

  /** What has come to be seen since: a page of the drawer, a tab, something over the window. */
  private static String seen() {
    return window.ask(() -> {
      Node root = window.stage().getScene().getRoot();
      List<String> seen = new ArrayList<>();
      for (Node node : root.lookupAll(".drawer-strip .toggle-button")) {
        if (node instanceof ToggleButton b && b.isSelected()) {
          seen.add("page " + b.getAccessibleText());
        }
      }
      if (root.lookup(".inspector-tabs") instanceof TabPane tabs) {
        seen.add("tab " + tabs.getSelectionModel().getSelectedItem().getText());
      }
      for (Node node : root.lookupAll(".overlay")) {
        seen.add("over " + (node.getScene() == null ? "" : node.getTypeSelector()));
      }
      if (actions().find("present.leave").orElseThrow().enabled().getAsBoolean()) {
        seen.add("presenter");
      }
      return String.join("; ", seen);
    });
  }

  @Test
  void everyPageTabAndQuestionHasAKeyThatOpensIt() {
    Map<String, String> opened = new TreeMap<>();
    List<String> pages =
        new ArrayList<>(
            actions().all().stream().map(Action::id).filter(i -> i.endsWith(".show")).toList());
    pages.addAll(List.of("packets.note", "breakpoints.list"));
    for (String id : pages) {
      assertThat(actions().find(id).orElseThrow().keys()).as(id).isNotEmpty();
      press(id);
      for (String what : seen().split("; ")) {
        opened.putIfAbsent(what, id);
      }
    }
    Set<String> wanted =
        window.ask(() -> {
          Node root = window.stage().getScene().getRoot();
          Set<String> all = new LinkedHashSet<>();
          root.lookupAll(".drawer-strip .toggle-button")
              .forEach(n -> all.add("page " + n.getAccessibleText()));
          ((TabPane) Objects.requireNonNull(root.lookup(".inspector-tabs")))
              .getTabs()
              .forEach(t -> all.add("tab " + t.getText()));
          return all;
        });
    assertThat(wanted).hasSizeGreaterThan(12);
    assertThat(opened.keySet()).containsAll(wanted);
    for (String id : List.of("window.help", "window.palette", "packets.go-to")) {
      press(id);
      window.until(id + " opened something", () -> seenNow().contains("over "));
      window.press(KeyCode.ESCAPE);
      window.until(id + " is put away", () -> !seenNow().contains("over "));
    }
    press("present.enter");
    window.until("the presenter is there", () -> presenting());
    press("present.leave");
    window.until("the window is back", () -> !presenting());
  }

  private static String seenNow() {
    return window.stage().getScene().getRoot().lookupAll(".overlay").isEmpty() ? "" : "over ";
  }

  private static boolean presenting() {
    return actions().find("present.leave").orElseThrow().enabled().getAsBoolean();
  }

  /** Real keys, the real list of actions; what they do is noted down instead. */
  @Test
  void everyKeyArrivesAndDoesItsOwnActionInEveryWorkspace() {
    assertThat(window.ask(() -> actions().conflicts())).isEmpty();
    Scene scene = window.stage().getScene();
    Map<String, String> wrong = new LinkedHashMap<>();
    int pressed = 0;
    try {
      for (String workspace :
          List.of(Workspaces.DEBUG, CompareFeature.WORKSPACE, Workspaces.PRESENT)) {
        List<Action> here =
            actions().all().stream()
                .filter(a -> Set.of("", workspace).contains(actions().workspaceOf(a)))
                .toList();
        List<String> done = new ArrayList<>();
        Actions noted = new Actions();
        here.forEach(a ->
            noted.add(
                List.of(
                    new Action(
                        a.id(),
                        a.chapter(),
                        a.title(),
                        a.keys(),
                        () -> true,
                        () -> done.add(a.id())))));
        Pane pane = new Pane();
        window.ui(() -> {
          Scene other = new Scene(pane, 600, 400);
          new Shortcuts(noted, () -> false).install(other);
          window.stage().setScene(other);
          window.stage().requestFocus();
          pane.setFocusTraversable(true);
          pane.requestFocus();
        });
        window.until("it has the keyboard", pane::isFocused);
        for (Action action : here) {
          if (workspace.equals(Workspaces.DEBUG) || !actions().workspaceOf(action).isEmpty()) {
            for (Key key : action.keys()) {
              window.ui(done::clear);
              press(key);
              pressed++;
              List<String> answered = window.ask(() -> List.copyOf(done));
              if (!answered.equals(List.of(action.id()))) {
                wrong.put(workspace + " " + key + " for " + action.id(), answered.toString());
              }
            }
          }
        }
      }
    } finally {
      window.ui(() -> window.stage().setScene(scene));
    }
    assertThat(pressed).isGreaterThan(70);
    assertThat(wrong).isEmpty();
  }

  @Test
  void tabReachesEveryControlOfEveryPage() {
    List<String> pages =
        window.ask(() ->
            window.stage().getScene().getRoot().lookupAll(".drawer-strip .toggle-button").stream()
                .map(Node::getAccessibleText)
                .toList());
    Map<String, List<String>> unreached = new LinkedHashMap<>();
    for (String page : pages) {
      ToggleButton button =
          window.ask(() ->
              (ToggleButton)
                  window
                      .stage()
                      .getScene()
                      .getRoot()
                      .lookupAll(".drawer-strip .toggle-button")
                      .stream()
                      .filter(n -> page.equals(n.getAccessibleText()))
                      .findFirst()
                      .orElseThrow());
      window.ui(() -> {
        if (!button.isSelected()) {
          button.fire();
        }
      });
      window.pulses(6);
      // What a page finds out in the background brings links of its own.
      window.until(page + " has told all", window::quiet);
      window.pulses(2);
      Set<Node> visited = new LinkedHashSet<>();
      window.ui(() -> stops(page()).stream().findFirst().ifPresent(Node::requestFocus));
      for (int i = 0; i < MOST_STOPS && visited.add(focused()) && inside(focused()); i++) {
        window.press(KeyCode.TAB);
      }
      for (Node node : List.copyOf(visited)) {
        if (node instanceof ToggleButton one && one.getToggleGroup() != null) {
          // Among those of which one is chosen the arrows go on.
          window.ui(one::requestFocus);
          for (int i = one.getToggleGroup().getToggles().size(); i > 0; i--) {
            window.press(KeyCode.DOWN);
            visited.add(focused());
          }
        }
      }
      List<String> left =
          window.ask(() ->
              stops(page()).stream()
                  .filter(n -> !visited.contains(n))
                  .map(KeyboardTest::name)
                  .toList());
      if (!left.isEmpty()) {
        unreached.put(page, left);
      }
    }
    assertThat(pages).hasSizeGreaterThan(7);
    assertThat(unreached).isEmpty();
  }

  private static Node page() {
    return ((BorderPane)
            Objects.requireNonNull(window.stage().getScene().getRoot().lookup(".drawer")))
        .getCenter();
  }

  private static boolean inside(Node node) {
    return window.ask(() -> {
      Node page = page();
      for (Node at = node; at != null; at = at.getParent()) {
        if (at == page) {
          return true;
        }
      }
      return false;
    });
  }

  /** What can be worked with here and now. */
  private static List<Node> stops(Node node) {
    if (!node.isVisible() || node.isDisabled()) {
      return List.of();
    }
    if (node.isFocusTraversable()
        && (node instanceof ButtonBase && !(node instanceof RadioButton)
            || node instanceof TextInputControl
            || node instanceof ComboBoxBase<?>
            || node instanceof ListView<?>
            || node instanceof TableView<?>
            || node instanceof TreeView<?>)) {
      return List.of(node);
    }
    List<Node> stops = new ArrayList<>();
    if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> stops.addAll(stops(child)));
    }
    return stops;
  }

  private static String name(Node node) {
    return node.getTypeSelector()
        + " "
        + (node instanceof Labeled l && l.getText() != null
            ? l.getText()
            : node.getAccessibleText());
  }
}
