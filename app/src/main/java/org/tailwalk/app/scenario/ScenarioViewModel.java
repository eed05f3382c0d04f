// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.OpenCapture.ScenarioChoice;
import org.tailwalk.app.text.Texts;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/** The choosers of the bar. Whoever listens replays with what was chosen. */
public final class ScenarioViewModel {
  private final ReadOnlyObjectWrapper<@Nullable Scenario> scenario = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyStringWrapper scenarioName = new ReadOnlyStringWrapper(word("name.none"));
  private final ReadOnlyStringWrapper kernelPill = new ReadOnlyStringWrapper();
  private final ReadOnlyStringWrapper kernelTip = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper recordedOn = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper kernelLane = new ReadOnlyBooleanWrapper();
  private final Texts texts = Texts.of(ScenarioViewModel.class);
  private final ReadOnlyStringWrapper modelPill = new ReadOnlyStringWrapper();
  private final ObservableList<ScenarioChoice> choices = FXCollections.observableArrayList();
  private final List<Era> eras;
  private final List<DatapathSpec> datapaths;
  private final Lanes lanes;
  private String refusal = "";
  private Consumer<Scenario> chosen = _ -> {};
  private Consumer<ScenarioChoice> wanted = _ -> {};

  /**
   * With what there is to choose from.
   *
   * @param eras that the model and the bundled datapath come in
   */
  public ScenarioViewModel(Lanes lanes, List<Era> eras) {
    this.lanes = lanes;
    this.eras = List.copyOf(eras);
    List<DatapathSpec> specs = new ArrayList<>();
    for (Era era : eras) {
      specs.add(
          new DatapathSpec(
              new DatapathSpec.Bundled(era, DatapathSpec.Families.DUAL), java.util.Map.of()));
    }
    this.datapaths = specs;
    pills();
  }

  /** Calls {@code listener} with the scenario as it is to be replayed now. */
  public void onChosen(Consumer<Scenario> listener) {
    chosen = listener;
  }

  /** Calls {@code listener} when another scenario is to be read. */
  public void onWanted(Consumer<ScenarioChoice> listener) {
    wanted = listener;
  }

  /** Shows what a capture was opened with. */
  public void show(Scenario now, List<ScenarioChoice> among) {
    scenario.set(now);
    scenarioName.set(now.inferred() ? word("name.inferred") : now.name());
    choices.setAll(among);
    pills();
  }

  /**
   * A replay is shown: what stands in its kernel lane.
   *
   * @param recorded the machine whose recording it is; empty for an engine that runs, or for none
   * @param refused why the engine that there is did not run it; empty when it did
   */
  public void ran(String recorded, String refused) {
    recordedOn.set(recorded);
    refusal = refused;
    pills();
  }

  private void pills() {
    String machine = recordedOn.get();
    boolean runs = lanes.kernel() != null && refusal.isEmpty();
    String trouble = refusal.isEmpty() ? lanes.kernelTrouble() : refusal;
    kernelLane.set(runs || !machine.isEmpty());
    if (!machine.isEmpty()) {
      kernelPill.set(texts.get("pill.recorded", machine));
      kernelTip.set(
          texts.get("pill.recorded.tip", machine)
              + (runs ? "" : " " + texts.get("pill.recorded.no-kernel", trouble)));
    } else {
      kernelPill.set(
          runs ? texts.get("pill.runs", lanes.kernelName()) : texts.get("pill.no-kernel"));
      kernelTip.set(runs ? texts.get("pill.runs.tip") : trouble);
    }
    Scenario now = scenario.get();
    modelPill.set(
        lanes.model() == null
            ? word("pill.no-model")
            : word("pill.model", (now == null ? Era.SEED : now.modelConfig().era()).label()));
  }

  /** Another scenario is to be read and replayed. */
  public void choose(ScenarioChoice choice) {
    wanted.accept(choice);
  }

  /** The tap was elsewhere. */
  public void choose(CapturePoint point) {
    change(s -> s.withCapturePoint(point));
  }

  /** Another datapath is to be loaded. */
  public void choose(DatapathSpec datapath) {
    change(s -> s.withDatapath(datapath));
  }

  /** The model is to behave like an era; null: like the datapath. */
  public void chooseModel(@Nullable Era era) {
    change(s -> s.withModel(era));
  }

  /** Another scenario altogether. */
  public void choose(Scenario other) {
    change(_ -> other);
  }

  private void change(java.util.function.UnaryOperator<Scenario> how) {
    Scenario now = scenario.get();
    if (now != null) {
      Scenario next = how.apply(now);
      if (!next.equals(now)) {
        scenario.set(next);
        pills();
        chosen.accept(next);
      }
    }
  }

  /** What is replayed against; null before a capture is open. */
  public ReadOnlyObjectProperty<@Nullable Scenario> scenarioProperty() {
    return scenario.getReadOnlyProperty();
  }

  /** Its name. */
  public ReadOnlyStringProperty scenarioNameProperty() {
    return scenarioName.getReadOnlyProperty();
  }

  /** What the kernel lane's pill says. */
  public ReadOnlyStringProperty kernelPillProperty() {
    return kernelPill.getReadOnlyProperty();
  }

  /** What the kernel lane's pill tells in full. */
  public ReadOnlyStringProperty kernelTipProperty() {
    return kernelTip.getReadOnlyProperty();
  }

  /** Whether there is a kernel lane, be it a recorded one. */
  public ReadOnlyBooleanProperty kernelLaneProperty() {
    return kernelLane.getReadOnlyProperty();
  }

  /** What the model lane's pill says. */
  public ReadOnlyStringProperty modelPillProperty() {
    return modelPill.getReadOnlyProperty();
  }

  /** Scenarios that may be chosen. */
  public ObservableList<ScenarioChoice> choices() {
    return choices;
  }

  /** Eras that may be chosen. */
  public List<Era> eras() {
    return eras;
  }

  /** Datapaths that may be chosen beside a file. */
  public List<DatapathSpec> datapaths() {
    return datapaths;
  }

  /** Whether there is a kernel lane, and why not. */
  public Lanes lanes() {
    return lanes;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(ScenarioViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
