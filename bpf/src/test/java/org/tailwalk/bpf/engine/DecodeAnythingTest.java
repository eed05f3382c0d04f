// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tailwalk.bpf.decode.MapLocator;
import org.tailwalk.bpf.decode.Mirror;
import org.tailwalk.bpf.decode.NotificationReader;
import org.tailwalk.bpf.decode.RunDecoder;
import org.tailwalk.bpf.decode.SiteTable;
import org.tailwalk.bpf.decode.TouchScan;
import org.tailwalk.bpf.host.RawRun;
import org.tailwalk.bpf.host.SkbContext;
import org.tailwalk.bpf.instrument.InstrumentOptions;
import org.tailwalk.bpf.instrument.TraceSite;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.vector.VectorSession;

/** Whatever stands in a log or a ring becomes a trace that keeps the rules, never an exception. */
class DecodeAnythingTest {
  private static final int ROUNDS = 3000;

  private record Fixture(
      SessionPlan plan, SiteTable sites, MapLocator maps, List<TraceSite> all, Injection packet) {
    static Fixture make() throws IOException, ReplayException {
      VectorSession session = Vectors.workedTcp();
      SessionPlan plan =
          SessionPlan.of(
              session.setup(),
              Objects.bundled().object(session.config()),
              true,
              InstrumentOptions.traced(),
              4096);
      List<TraceSite> all = new ArrayList<>();
      plan.sites().forEach(i -> all.addAll(i.code().sites()));
      return new Fixture(
          plan,
          new SiteTable(plan.sites(), Map.of()),
          new MapLocator(plan.load(false), plan.endpoints()),
          all,
          session.injections().getFirst());
    }

    PathTrace decode(byte[] log, List<byte[]> events, boolean overflow) {
      RunDecoder decoder =
          new RunDecoder(sites, new Mirror(maps, 0), NotificationReader.of(plan.original(0)));
      RawRun run =
          new RawRun(
              0,
              -1,
              packet.frame().toArray(),
              new SkbContext(0, new int[5], 1, 0, 0, 0, 0),
              0,
              false,
              log,
              overflow,
              events,
              0,
              List.of());
      new TouchScan(sites, maps).touched(log);
      return decoder.decode(run, packet, packet.frame(), true, List.of());
    }
  }

  @Test
  void randomRecordsOfRealSitesDecode() throws IOException, ReplayException {
    Fixture fixture = Fixture.make();
    SplittableRandom random = new SplittableRandom(22527);
    for (int round = 0; round < ROUNDS; round++) {
      ByteBuffer log = ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = random.nextInt(30); i > 0; i--) {
        TraceSite site = fixture.all.get(random.nextInt(fixture.all.size()));
        byte[] record = new byte[site.length()];
        random.nextBytes(record);
        ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putLong(0, site.id());
        log.put(record);
      }
      byte[] bytes = new byte[Math.max(0, log.position() - random.nextInt(9))];
      log.get(0, bytes);
      List<byte[]> events = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        byte[] event = new byte[random.nextInt(200)];
        random.nextBytes(event);
        if (event.length > 0) {
          event[0] = (byte) random.nextInt(8);
        }
        events.add(event);
      }
      PathTrace trace = fixture.decode(bytes, events, random.nextInt(8) == 0);
      long told = trace.events().stream().filter(e -> e instanceof PathEvent.Notified).count();
      assertThat(told).isEqualTo(events.size());
    }
  }

  @Test
  void noiseIsReadUpToWhereItMakesNoSense() throws IOException, ReplayException {
    Fixture fixture = Fixture.make();
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(fixture.decode(noise, List.of(), false).returnCode()).isEqualTo(-1);
    }
  }
}
