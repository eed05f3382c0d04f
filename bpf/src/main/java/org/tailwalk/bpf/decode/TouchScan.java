// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.host.LoadPlan;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.instrument.TraceSite;

/**
 * Finds the entries that a run may have changed: found by a lookup (programs store through the
 * pointer), updated or deleted, in maps that packets change. Cheap, for it runs between packets.
 */
public final class TouchScan implements RawRun.TouchReader {
  private final SiteTable sites;
  private final MapLocator maps;

  public TouchScan(SiteTable sites, MapLocator maps) {
    this.sites = sites;
    this.maps = maps;
  }

  @Override
  public List<RawRun.Cell> touched(byte[] log) {
    Scan scan = new Scan();
    sites.read(log, scan::record);
    return scan.cells;
  }

  private final class Scan {
    final List<RawRun.Cell> cells = new ArrayList<>();
    @Nullable LogRecord lookup;

    void record(LogRecord record) {
      switch (record.site().site().event()) {
        case TraceSite.Lookup _ -> lookup = record;
        case TraceSite.LookupHit _ -> {
          if (lookup != null
              && lookup.site().site().event() instanceof TraceSite.Lookup(var map, var key)) {
            touch(lookup, map, key);
          }
        }
        case TraceSite.Update update -> touch(record, update.map(), update.key());
        case TraceSite.Delete(var map, var key) -> touch(record, map, key);
        case TraceSite.Entered _,
            TraceSite.TailCall _,
            TraceSite.TailCallMissed _,
            TraceSite.LookupMissed _,
            TraceSite.Returned _,
            TraceSite.Redirect _,
            TraceSite.Exited _ -> {}
      }
    }

    private void touch(LogRecord record, TraceSite.MapRef map, TraceSite.Bytewise keyBytes) {
      String symbol = sites.symbol(record, map);
      byte[] key = record.whole(keyBytes);
      if (symbol == null || key == null) {
        return;
      }
      LoadPlan.MapId id = maps.of(record.site().instance(), symbol);
      if (maps.mutable(id) && !seen(id, key)) {
        cells.add(SiteTable.cell(id, key));
      }
    }

    /** A packet touches a handful. */
    private boolean seen(LoadPlan.MapId map, byte[] key) {
      for (RawRun.Cell cell : cells) {
        if (cell.map().equals(map) && Arrays.equals(cell.key(), key)) {
          return true;
        }
      }
      return false;
    }
  }
}
