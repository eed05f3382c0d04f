// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something in a session that an engine is not held to, with the reason. Anything that is not
 * listed is a failure.
 *
 * @param engine {@code kernel}, {@code model}, or empty for both
 * @param reason for people
 * @param applies to which sessions
 */
public record Gap(String engine, String reason, Predicate<VectorSession> applies) {
  /** What is left out now; of the vectors in the repository, nothing. */
  public static final List<Gap> ALL =
      List.of(
          new Gap(
              "",
              "a build option that the bundled datapath doesn't have",
              session -> !session.unknownOptions().isEmpty()));

  /** Why an engine is not held to a session; empty when it is. */
  public static Optional<String> reason(List<Gap> gaps, String engine, VectorSession session) {
    return gaps.stream()
        .filter(g -> g.engine().isEmpty() || g.engine().equals(engine))
        .filter(g -> g.applies().test(session))
        .map(Gap::reason)
        .findFirst();
  }
}
