// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.Notification;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/** Debug messages and captures (section 6.6), only in builds with {@code DEBUG}. */
public final class DebugNotify {
  public static final int LOCAL_DELIVERY = 2;
  public static final int POLICY_DENIED = 5;
  public static final int CAPTURE_DELIVERY = 4;

  private static final int IP_ID_MAP_FAILED4 = 56;
  private static final int IP_ID_MAP_SUCCEED4 = 58;
  private static final int MOST_CAPTURED = 128;

  private final int source;
  private final boolean compiled;

  /** Sends in an endpoint's name. */
  public DebugNotify(DatapathConfig config, EndpointConfig endpoint) {
    this.source = endpoint.id();
    this.compiled = config.has(DatapathOption.DEBUG);
  }

  /** A message with two arguments. */
  public void message(Run run, int subtype, long arg1, long arg2) {
    if (compiled) {
      run.output(new Notification.Debug(source, subtype, arg1, arg2, 0));
    }
  }

  /** IP_ID_MAP_SUCCEED or IP_ID_MAP_FAILED of a family, with the address's last word. */
  public void identityOf(Run run, boolean v6, boolean found, long address, long identity) {
    int subtype = (found ? IP_ID_MAP_SUCCEED4 : IP_ID_MAP_FAILED4) + (v6 ? 1 : 0);
    message(run, subtype, address, identity);
  }

  /** A capture. */
  public void capture(Run run, int subtype, long arg1) {
    if (compiled) {
      run.output(
          new Notification.DebugCapture(
              source, subtype, run.skb().length(), arg1, 0, run.skb().head(MOST_CAPTURED)));
    }
  }
}
