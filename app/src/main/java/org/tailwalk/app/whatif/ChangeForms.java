// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.tailwalk.app.action.TabKey;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapKey;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.Reading;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Fault;
import org.tailwalk.scenario.Scenario;

/** A form for each kind of change, one at a time. */
final class ChangeForms extends VBox {
  private final WhatIfViewModel model;
  private final Texts texts = Texts.of(ChangeForms.class);
  private final List<ToggleButton> kinds = new ArrayList<>();
  private int shown;

  ChangeForms(WhatIfViewModel model) {
    super(6);
    this.model = model;
    for (String kind : List.of("packet", "bytes", "policy", "option", "fault")) {
      ToggleButton button = new ToggleButton(texts.get("form." + kind));
      int index = kinds.size();
      button.setOnAction(_ -> {
        button.setSelected(true);
        shown = index;
        fill();
      });
      kinds.add(button);
    }
    kinds.getFirst().setSelected(true);
    ToggleGroup one = new ToggleGroup();
    FlowPane choices = new FlowPane(4, 4);
    for (ToggleButton kind : kinds) {
      kind.getStyleClass().add("small-button");
      kind.setToggleGroup(one);
      choices.getChildren().add(kind);
    }
    getChildren().add(choices);
    model.variantProperty().addListener((_, _, _) -> fill());
    fill();
  }

  private void fill() {
    Optional<Variant> now = model.variantProperty().get();
    if (getChildren().size() > 1) {
      getChildren().remove(1);
    }
    if (now.isEmpty()) {
      return;
    }
    getChildren()
        .add(
            switch (shown) {
              case 0 -> packet();
              case 1 -> bytes();
              case 2 -> policy(now.get().scenario());
              case 3 -> option(now.get().scenario());
              default -> fault(now.get().scenario());
            });
  }

  private static GridPane grid() {
    GridPane grid = new GridPane();
    grid.getStyleClass().add("whatif-grid");
    return grid;
  }

  private static void row(GridPane grid, String name, Region field) {
    Label label = new Label(name);
    label.setLabelFor(field);
    label.getStyleClass().addAll("mono", "small", "muted");
    label.setMinWidth(Region.USE_PREF_SIZE);
    GridPane.setHgrow(field, Priority.ALWAYS);
    field.setMaxWidth(Double.MAX_VALUE);
    grid.addRow(grid.getRowCount(), label, field);
  }

  private TextField text(String value, String name) {
    TextField field = new TextField(value);
    field.getStyleClass().addAll("small-field", "mono");
    field.setAccessibleText(name);
    return field;
  }

  private Button apply(String key, Runnable run) {
    Button button = new Button(texts.get(key));
    button.getStyleClass().add("small-button");
    button.setOnAction(_ -> run.run());
    return button;
  }

  private Node packet() {
    GridPane grid = grid();
    Bytes frame = model.frame().orElse(Bytes.empty());
    for (PacketFields.PacketField field : PacketFields.of(frame)) {
      TextField input = text(field.text(), field.name());
      Runnable commit =
          () -> {
            if (!input.getText().strip().equals(field.text())) {
              model.change(v ->
                  v.withFrame(
                      PacketFields.set(frame, field, input.getText()),
                      texts.get(
                          "change.field", field.name(), field.text(), input.getText().strip())));
            }
          };
      input.setOnAction(_ -> commit.run());
      row(grid, field.name(), input);
    }
    Label hint = new Label(texts.get("form.packet.hint"));
    hint.getStyleClass().addAll("muted", "small");
    hint.setWrapText(true);
    return new VBox(4, grid, hint);
  }

  private Node bytes() {
    TextArea area = new TextArea(spaced(model.frame().orElse(Bytes.empty()).hex()));
    TabKey.leaves(area);
    area.setWrapText(true);
    area.setPrefRowCount(7);
    area.getStyleClass().add("mono");
    area.setAccessibleText(texts.get("form.bytes"));
    Button apply =
        apply(
            "apply",
            () ->
                model.change(v ->
                    v.withFrame(parse(area.getText()), texts.get("change.bytes", v.packet()))));
    return new VBox(6, area, apply);
  }

  private static String spaced(String hex) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < hex.length(); i += 4) {
      text.append(hex, i, Math.min(hex.length(), i + 4)).append(' ');
    }
    return text.toString();
  }

  private Bytes parse(String text) {
    String hex = text.replaceAll("\\s", "");
    for (int i = 0; i < hex.length(); i++) {
      if (Character.digit(hex.charAt(i), 16) < 0) {
        throw new IllegalArgumentException(texts.get("bytes.not-hex", i / 2, hex.charAt(i)));
      }
    }
    if (hex.length() % 2 != 0) {
      throw new IllegalArgumentException(texts.get("bytes.half"));
    }
    return Bytes.ofHex(hex);
  }

  private <T> ComboBox<T> choice(List<T> items, T first, String name) {
    ComboBox<T> box = new ComboBox<>(FXCollections.observableArrayList(items));
    box.setValue(first);
    box.setAccessibleText(name);
    return box;
  }

  private Node policy(Scenario scenario) {
    Optional<Reading.PolicyDecision> decided =
        model
            .packet()
            .flatMap(p -> p.primary())
            .flatMap(l -> l.reading().policy().reversed().stream().findFirst());
    Optional<MapKey.PolicyKey> asked = decided.flatMap(d -> d.tried().stream().findFirst());
    List<EndpointConfig> endpoints = scenario.node().endpoints();
    if (endpoints.isEmpty()) {
      return new Label(texts.get("policy.no-endpoint"));
    }
    List<String> names =
        endpoints.stream().map(e -> e.id() + (e.name().isEmpty() ? "" : " " + e.name())).toList();
    int at =
        decided
            .map(d -> endpoints.stream().map(EndpointConfig::id).toList().indexOf(d.endpoint()))
            .filter(i -> i >= 0)
            .orElse(0);
    ComboBox<String> endpoint = choice(names, names.get(at), texts.get("policy.endpoint"));
    List<String> ways = List.of(texts.get("policy.ingress"), texts.get("policy.egress"));
    ComboBox<String> way =
        choice(
            ways,
            ways.get(asked.map(MapKey.PolicyKey::egress).orElse(false) ? 1 : 0),
            texts.get("policy.direction"));
    TextField identity =
        text(Long.toString(asked.map(MapKey.PolicyKey::identity).orElse(0L)), "identity");
    TextField port = text(Integer.toString(asked.map(MapKey.PolicyKey::dport).orElse(0)), "port");
    TextField protocol =
        text(Integer.toString(asked.map(MapKey.PolicyKey::protocol).orElse(6)), "protocol");
    List<String> verdicts =
        List.of(texts.get("policy.allow"), texts.get("policy.deny"), texts.get("policy.remove"));
    ComboBox<String> verdict = choice(verdicts, verdicts.getFirst(), texts.get("policy.verdict"));
    GridPane grid = grid();
    row(grid, texts.get("policy.endpoint"), endpoint);
    row(grid, texts.get("policy.direction"), way);
    row(grid, texts.get("policy.identity"), identity);
    row(grid, texts.get("policy.port"), port);
    row(grid, texts.get("policy.protocol"), protocol);
    row(grid, texts.get("policy.verdict"), verdict);
    Button apply =
        apply(
            "apply",
            () ->
                model.change(v ->
                    Changes.policy(
                        v,
                        endpoints.get(names.indexOf(endpoint.getValue())).id(),
                        new MapKey.PolicyKey(
                            Changes.number(identity.getText(), 0xffffffffL, "identity"),
                            (int) Changes.number(port.getText(), 0xffff, "port"),
                            (int) Changes.number(protocol.getText(), 0xff, "protocol"),
                            ways.indexOf(way.getValue()) == 1),
                        Changes.PolicyVerdict.values()[verdicts.indexOf(verdict.getValue())])));
    return new VBox(6, grid, apply);
  }

  private Node option(Scenario scenario) {
    FlowPane all = new FlowPane(4, 4);
    for (DatapathOption option : DatapathOption.values()) {
      boolean on = scenario.modelConfig().has(option);
      ToggleButton button = new ToggleButton((on ? "✓ " : "") + option.label());
      button.setSelected(on);
      button.getStyleClass().add("small-button");
      button.setOnAction(_ -> {
        button.setSelected(on);
        model.change(v -> Changes.option(v, option, !on));
      });
      all.getChildren().add(button);
    }
    return all;
  }

  private Node fault(Scenario scenario) {
    VBox box = new VBox(5);
    for (Fault fault : scenario.settings().faults()) {
      Button lift = apply("fault.lift", () -> model.change(v -> Changes.lift(v, fault)));
      Label name = new Label(Changes.words(fault));
      name.setWrapText(true);
      box.getChildren().add(new VBox(2, name, lift));
    }
    TextField slot = text("25", texts.get("fault.slot"));
    TextField calls = text("30", texts.get("fault.calls"));
    TextField length = text("40", texts.get("fault.length"));
    GridPane grid = grid();
    add(grid, texts.get("fault.slot"), slot, () -> Changes.emptySlot(slot.getText()));
    add(grid, texts.get("fault.calls"), calls, () -> Changes.burn(calls.getText()));
    add(
        grid,
        texts.get("fault.length"),
        length,
        () ->
            new Fault.Truncate(
                model.variantProperty().get().map(Variant::packet).orElse(0L),
                (int) Changes.number(length.getText(), 0xffff, texts.get("fault.length"))));
    Button full =
        apply("fault.full", () -> model.change(v -> Changes.add(v, new Fault.ConntrackFull())));
    Button refuses =
        apply("fault.refuses", () -> model.change(v -> Changes.add(v, new Fault.BufferRefuses())));
    box.getChildren().addAll(grid, new FlowPane(4, 4, full, refuses));
    return box;
  }

  private void add(
      GridPane grid, String name, TextField field, java.util.function.Supplier<Fault> fault) {
    row(grid, name, field);
    field.setPrefColumnCount(5);
    Button add = apply("fault.add", () -> model.change(v -> Changes.add(v, fault.get())));
    add.setMinWidth(Region.USE_PREF_SIZE);
    field.setOnAction(_ -> add.fire());
    grid.add(add, 2, grid.getRowCount() - 1);
  }
}
