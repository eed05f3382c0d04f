// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tailwalk.bpf.elf.CollectionSpec;

/**
 * A collection with trace points and clock in.
 *
 * @param spec what to load; its maps include {@link TraceLog#MAP} and {@link ReplayClockMap#MAP}
 *     where they are used. Endpoints of a session share both maps
 * @param sites by id from {@code options.firstSiteId()} on, without gaps
 * @param details what each program got in the end
 * @param options what was asked for
 * @param remarks sentences for the user: what was recorded less than asked, and why
 */
public record Instrumented(
    CollectionSpec spec,
    List<TraceSite> sites,
    Map<String, TraceDetail> details,
    InstrumentOptions options,
    List<String> remarks) {
  public Instrumented {
    sites = List.copyOf(sites);
    details = Map.copyOf(details);
    remarks = List.copyOf(remarks);
  }

  public Optional<TraceSite> site(long id) {
    long index = id - options.firstSiteId();
    return index >= 0 && index < sites.size()
        ? Optional.of(sites.get((int) index))
        : Optional.empty();
  }

  /** First id free for the next collection of the session. */
  public int nextSiteId() {
    return options.firstSiteId() + sites.size();
  }
}
