// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.List;
import org.tailwalk.app.session.OpenCapture;
import org.tailwalk.packet.Bytes;
import org.tailwalk.packet.Frame;
import org.tailwalk.packet.IpAddress;
import org.tailwalk.packet.MacAddress;
import org.tailwalk.scenario.CapturePoint;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.EndpointConfig;
import org.tailwalk.scenario.Era;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.scenario.Policy;
import org.tailwalk.scenario.ReplaySettings;
import org.tailwalk.scenario.Scenario;

/** Captures made up as they are read: connections to port 80, some knocks at 8080, some GRE. */
public final class Synthetic {
  private static final int POD = 0x0a00000b;
  private static final int SERVER = 0x0a000114;

  private Synthetic() {}

  /** One pod called web, anything allowed. */
  public static Scenario scenario() {
    EndpointConfig web =
        new EndpointConfig(
            42,
            "web",
            IpAddress.parse("10.0.0.11"),
            null,
            MacAddress.parse("02:00:00:00:00:2a"),
            MacAddress.parse("02:00:00:00:01:2a"),
            12,
            1002,
            3,
            true);
    NodeState node =
        new NodeState(
            List.of(web), List.of(), List.of(), List.of(), Policy.ALLOW_ALL, List.of(), List.of());
    return new Scenario(
        "made up",
        false,
        List.of(),
        CapturePoint.POD_VETH,
        DatapathSpec.DEFAULT,
        DatapathConstants.AGENT_DEFAULTS,
        Era.PR33551,
        node,
        ReplaySettings.DEFAULT);
  }

  /** A capture of that many packets. */
  public static OpenCapture capture(int packets) {
    return capture(packets, 0);
  }

  /** A capture that begins with another packet than the first: {@code from}, 0-based. */
  public static OpenCapture capture(int packets, int from) {
    Scenario scenario = scenario();
    return new OpenCapture(
        packets + ".pcap",
        packets,
        () -> {
          int[] next = new int[1];
          return () -> next[0] >= packets ? null : frame(from + next[0]++);
        },
        scenario,
        List.of(
            new OpenCapture.ScenarioChoice(scenario.name(), () -> scenario),
            new OpenCapture.ScenarioChoice("model as seed", () -> scenario.withModel(Era.SEED))),
        List.of(),
        () -> {});
  }

  /** The same capture, read by others. */
  public static OpenCapture read(OpenCapture capture, OpenCapture.Frames by) {
    return made(capture, by, capture.close());
  }

  /** The same capture, with somebody who hears that it is closed. */
  public static OpenCapture heard(OpenCapture capture, Runnable closed) {
    return made(capture, capture.frames(), closed);
  }

  private static OpenCapture made(OpenCapture c, OpenCapture.Frames frames, Runnable close) {
    return new OpenCapture(
        c.name(), c.size(), frames, c.scenario(), c.choices(), c.warnings(), close);
  }

  /** Packet {@code index}, 0-based: the fifth of every ten is a knock, every 40th is GRE. */
  public static Frame frame(int index) {
    long time = 1_700_000_000_000_000_000L + index * 1_250_000L;
    int flow = index / 10;
    int step = index % 10;
    int port = 20_000 + flow % 40_000;
    if (index % 40 == 39) {
      return ip(47, POD, SERVER, new byte[40], time);
    }
    if (step == 4) {
      return ip(6, 0x0a000209, POD, tcp(51_122, 8080, 2), time);
    }
    boolean out = step % 2 == 0;
    int flags = step == 0 ? 2 : step == 1 ? 18 : step >= 8 ? 17 : 16;
    return out
        ? ip(6, POD, SERVER, tcp(port, 80, flags), time)
        : ip(6, SERVER, POD, tcp(80, port, flags), time);
  }

  private static byte[] tcp(int from, int to, int flags) {
    byte[] t = new byte[20];
    t[0] = (byte) (from >> 8);
    t[1] = (byte) from;
    t[2] = (byte) (to >> 8);
    t[3] = (byte) to;
    t[12] = 0x50;
    t[13] = (byte) flags;
    return t;
  }

  private static Frame ip(int protocol, int from, int to, byte[] payload, long time) {
    byte[] f = new byte[34 + payload.length];
    f[12] = 8;
    f[14] = 0x45;
    int total = 20 + payload.length;
    f[16] = (byte) (total >> 8);
    f[17] = (byte) total;
    f[22] = 64;
    f[23] = (byte) protocol;
    for (int i = 0; i < 4; i++) {
      f[26 + i] = (byte) (from >> (24 - 8 * i));
      f[30 + i] = (byte) (to >> (24 - 8 * i));
    }
    System.arraycopy(payload, 0, f, 34, payload.length);
    return Frame.whole(Bytes.copyOf(f), time);
  }
}
