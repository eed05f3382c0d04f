// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.event;

/** What became of a packet: exactly one closes a trace. */
public sealed interface Verdict {
  /** Code 0 on the way out of a pod: the host's stack takes it. */
  record ToStack() implements Verdict {}

  /** Code 0 at to-container: into the pod. */
  record ToPod() implements Verdict {}

  /** Redirected to an interface; the redirect itself is not performed in a test run. */
  record Redirected(long ifindex, long flags) implements Verdict {}

  /**
   * Handed to the proxy.
   *
   * @param port host order, 0 when the proxy is to find it by socket
   */
  record ToProxy(int port) implements Verdict {}

  /** Dropped: code 2. */
  record Dropped() implements Verdict {}

  /**
   * A raw code that the hook takes for "no verdict": clsact lets the packet pass, netkit would drop
   * it.
   *
   * @param code the raw code, signed
   */
  record PassedUnpoliced(int code) implements Verdict {}

  /**
   * Not run at all.
   *
   * @param reason a stable word such as {@code no-endpoint}, {@code too-short}, {@code too-long},
   *     {@code not-ethernet}
   * @param detail a sentence
   */
  record NotRun(String reason, String detail) implements Verdict {}

  /**
   * The closed set's word: TO_STACK, TO_POD, REDIRECTED, TO_PROXY, DROPPED, PASSED_UNPOLICED,
   * NOT_RUN.
   */
  default String word() {
    return switch (this) {
      case ToStack _ -> "TO_STACK";
      case ToPod _ -> "TO_POD";
      case Redirected _ -> "REDIRECTED";
      case ToProxy _ -> "TO_PROXY";
      case Dropped _ -> "DROPPED";
      case PassedUnpoliced _ -> "PASSED_UNPOLICED";
      case NotRun _ -> "NOT_RUN";
    };
  }
}
