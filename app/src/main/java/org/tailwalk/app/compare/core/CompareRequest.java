// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.compare.core;

import org.jspecify.annotations.Nullable;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.Scenario;

/**
 * What is to be compared.
 *
 * @param align null: by number for one capture twice, else by flow
 * @param plain the models go along with the datapaths, whatever the scenarios say
 */
public record CompareRequest(Side a, Side b, @Nullable AlignBy align, boolean plain) {
  /** With the models that the scenarios name. */
  public CompareRequest(Side a, Side b, @Nullable AlignBy align) {
    this(a, b, align, false);
  }

  /**
   * One side.
   *
   * @param file the capture
   * @param scenarioFile null to take {@code scenario}, else to find or infer one
   * @param scenario what is known already; null to find or infer one
   * @param datapath null for the scenario's
   * @param model null for the scenario's
   */
  public record Side(
      String file,
      @Nullable String scenarioFile,
      @Nullable Scenario scenario,
      @Nullable DatapathSpec datapath,
      @Nullable Era model) {
    /** A capture against whatever scenario is found for it. */
    public static Side of(String file) {
      return new Side(file, null, null, null, null);
    }

    /** A capture against a scenario that is known. */
    public static Side of(String file, Scenario scenario) {
      return new Side(file, null, scenario, null, null);
    }

    /** The same under another datapath, with the model going along. */
    public Side under(DatapathSpec other) {
      return new Side(
          file, scenarioFile, scenario == null ? null : scenario.withModel(null), other, null);
    }

    /** The same with the model set apart from the datapath; null for the datapath's own. */
    public Side modelled(@Nullable Era other) {
      return new Side(
          file, scenarioFile, scenario == null ? null : scenario.withModel(other), datapath, other);
    }

    /** The same against the scenario in a file. */
    public Side against(String other) {
      return new Side(file, other, null, datapath, model);
    }

    /** Another capture or session, against whatever scenario is found for it. */
    public Side reading(String other) {
      return new Side(other, null, null, datapath, model);
    }

    /** The scenario, changed as this side says. */
    Scenario apply(Scenario found) {
      Scenario result = scenario != null && scenarioFile == null ? scenario : found;
      if (datapath != null) {
        result = result.withDatapath(datapath);
      }
      return model == null ? result : result.withModel(model);
    }
  }

  /**
   * The scenario that B runs under where none was named for it: a guess is no node to compare with,
   * where A's is known.
   *
   * @param found what was found for B
   */
  public static Scenario forB(Scenario a, Scenario found) {
    return found.inferred() && !a.inferred() ? a : found;
  }

  /** The same with the sides in each other's place. */
  public CompareRequest swapped() {
    return new CompareRequest(b, a, align, plain);
  }

  /** The same with another side A, or B. */
  public CompareRequest with(boolean left, Side side) {
    return new CompareRequest(left ? side : a, left ? b : side, align, plain);
  }

  /** A scenario without the model it sets apart, where that is wanted. */
  Scenario changed(Scenario scenario) {
    return plain ? scenario.withModel(null) : scenario;
  }

  /** Whether both sides are one capture. */
  public boolean oneCapture() {
    return a.file().equals(b.file());
  }
}
