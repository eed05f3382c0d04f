// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.notify;

import org.tailwalk.datapath.kernel.Run;
import org.tailwalk.event.MapKey.CtTuple;
import org.tailwalk.event.MetricDirection;
import org.tailwalk.event.Notification;
import org.tailwalk.scenario.DatapathConfig;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.EndpointConfig;

/** {@code send_policy_verdict_notify} (sections 4.3 and 6.2). */
public final class PolicyVerdictNotify {
  private static final int MOST_CAPTURED = 128;

  private final int source;
  private final boolean compiled;
  private final int filter;

  /** Sends in an endpoint's name what its verdict filter lets through. */
  public PolicyVerdictNotify(DatapathConfig config, EndpointConfig endpoint) {
    this.source = endpoint.id();
    this.compiled = config.has(DatapathOption.POLICY_VERDICT_NOTIFY);
    this.filter = endpoint.verdictFilter();
  }

  /**
   * Tells a verdict, with the tuple's protocol and destination port.
   *
   * @param verdict 0, a drop code below 0, or the proxy port as stored
   * @param match the match type's code
   */
  public void send(
      Run run,
      long remote,
      CtTuple tuple,
      MetricDirection direction,
      int verdict,
      int match,
      boolean audited) {
    if (!compiled || (filter & direction.code()) == 0) {
      return;
    }
    run.output(
        new Notification.PolicyVerdict(
            source,
            run.skb().length(),
            remote,
            verdict,
            tuple.dport(),
            tuple.nexthdr(),
            direction.code(),
            tuple.daddr().v6(),
            match,
            audited,
            run.skb().head(MOST_CAPTURED)));
  }
}
