// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tailwalk.scenario.DatapathOption;
import org.tailwalk.scenario.Era;

/**
 * Something in a session that an engine is not held to, with the reason. Anything that is not
 * listed is a failure.
 *
 * @param engine {@code kernel}, {@code model}, or empty for both
 * @param reason for people
 * @param applies to which sessions
 */
public record Gap(String engine, String reason, Predicate<VectorSession> applies) {
  private static final int IPV6 = 0x86dd;

  /** What is left out now. Closing a gap is taking its line out. */
  public static final List<Gap> ALL =
      List.of(
          kernel(
              "a build option that our datapath doesn't have", s -> !s.unknownOptions().isEmpty()),
          kernel(
              "services and their reverse translation come with the whole datapath",
              VectorSession::hasServices),
          kernel(
              "fragment tracking comes with the whole datapath",
              s -> s.config().has(DatapathOption.ENABLE_IPV4_FRAGMENTS)),
          kernel("IPv6 comes with the whole datapath", s -> s.hasEtherType(IPV6)),
          kernel(
              "a build without IPv4 comes with the whole datapath",
              s -> !s.config().has(DatapathOption.ENABLE_IPV4)),
          kernel(
              "the eras between come with the whole datapath",
              s -> !Set.of(Era.SEED, Era.PR33551).contains(s.config().era())),
          kernel(
              "audit mode comes with the whole datapath",
              s -> s.config().has(DatapathOption.POLICY_AUDIT_MODE)),
          kernel(
              "L7 load balancing comes with the whole datapath",
              s -> s.config().has(DatapathOption.ENABLE_L7_LB)),
          kernel(
              "the host firewall is left out",
              s -> s.config().has(DatapathOption.ENABLE_HOST_FIREWALL)),
          kernel(
              "custom calls come with the whole datapath",
              s -> s.config().has(DatapathOption.ENABLE_CUSTOM_CALLS)));

  private static Gap kernel(String reason, Predicate<VectorSession> applies) {
    return new Gap("kernel", reason, applies);
  }

  /** Why an engine is not held to a session; empty when it is. */
  public static Optional<String> reason(List<Gap> gaps, String engine, VectorSession session) {
    return gaps.stream()
        .filter(g -> g.engine().isEmpty() || g.engine().equals(engine))
        .filter(g -> g.applies().test(session))
        .map(Gap::reason)
        .findFirst();
  }
}
