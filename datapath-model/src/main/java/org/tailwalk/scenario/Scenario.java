// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.text.Message;

/**
 * The node a capture is replayed against.
 *
 * @param name for people
 * @param inferred guessed from the capture: what it shows as allowed is not a promise
 * @param notes what was guessed and why, for people; empty when the scenario was given
 * @param datapath what the kernel lane loads
 * @param constants what the datapath is compiled with
 * @param model the model's era; null: the datapath's
 */
public record Scenario(
    String name,
    boolean inferred,
    List<Message> notes,
    CapturePoint capturePoint,
    DatapathSpec datapath,
    DatapathConstants constants,
    @Nullable Era model,
    NodeState node,
    ReplaySettings settings) {
  /** The version of the JSON that this program writes and reads. */
  public static final int VERSION = 1;

  /** Keeps its own copy. */
  public Scenario {
    notes = List.copyOf(notes);
  }

  /** The build in the kernel lane. */
  public DatapathConfig kernelConfig() {
    return datapath.config(constants);
  }

  /** The build that the model behaves like. */
  public DatapathConfig modelConfig() {
    return model == null ? kernelConfig() : kernelConfig().withEra(model);
  }

  /** The same node with another datapath. */
  public Scenario withDatapath(DatapathSpec other) {
    return new Scenario(
        name, inferred, notes, capturePoint, other, constants, model, node, settings);
  }

  /** The same node with the model at another era; null: the datapath's. */
  public Scenario withModel(@Nullable Era era) {
    return new Scenario(
        name, inferred, notes, capturePoint, datapath, constants, era, node, settings);
  }

  /** The same node with the tap elsewhere. */
  public Scenario withCapturePoint(CapturePoint point) {
    return new Scenario(name, inferred, notes, point, datapath, constants, model, node, settings);
  }

  /** The same replay of another node. */
  public Scenario withNode(NodeState other) {
    return new Scenario(
        name, inferred, notes, capturePoint, datapath, constants, model, other, settings);
  }

  /** The same with other replay settings. */
  public Scenario withSettings(ReplaySettings other) {
    return new Scenario(
        name, inferred, notes, capturePoint, datapath, constants, model, node, other);
  }
}
