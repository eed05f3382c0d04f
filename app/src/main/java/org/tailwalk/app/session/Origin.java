// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.file.FileReference;
import org.tailwalk.app.session.file.Manifest;
import org.tailwalk.app.session.file.SessionFile;
import org.tailwalk.replay.recording.RecordedLane;
import org.tailwalk.scenario.DatapathSpec;
import org.tailwalk.scenario.Scenario;

/**
 * Where an open capture came from: a file, perhaps with a recording beside it, or a session. Says
 * which recorded lane may stand in the kernel engine's place, and keeps what the user allowed. Any
 * thread.
 */
public final class Origin {
  private final @Nullable Path capture;
  private final @Nullable SessionFile file;
  private final boolean session;
  private final List<RecordedLane> lanes;
  private volatile boolean live;
  private volatile boolean objectAllowed;

  private Origin(
      @Nullable Path capture,
      @Nullable SessionFile file,
      boolean session,
      List<RecordedLane> lanes) {
    this.capture = capture;
    this.file = file;
    this.session = session;
    this.lanes = List.copyOf(lanes);
  }

  /** Nothing is known, as of a stream. */
  public static Origin unknown() {
    return new Origin(null, null, false, List.of());
  }

  /** A capture's file, and the recording that lies beside it; null for none. */
  public static Origin file(Path capture, @Nullable SessionFile beside) {
    return new Origin(capture, beside, false, beside == null ? List.of() : beside.lanes());
  }

  /**
   * A session.
   *
   * @param capture where its capture is, be it a copy that was taken out
   * @param trusted whether the capture is what the session was made of: else its lanes are not
   */
  public static Origin session(Path capture, SessionFile session, boolean trusted) {
    return new Origin(capture, session, true, trusted ? session.lanes() : List.of());
  }

  /** The capture's file; empty for a stream. */
  public Optional<Path> capture() {
    return Optional.ofNullable(capture);
  }

  /** The session. */
  public Optional<SessionFile> session() {
    return session ? Optional.ofNullable(file) : Optional.empty();
  }

  /** What was recorded. */
  public List<RecordedLane> lanes() {
    return lanes;
  }

  /** What the file says of one of its lanes. */
  public Optional<Manifest.Lane> about(RecordedLane lane) {
    SessionFile from = file;
    int index = from == null ? -1 : from.lanes().indexOf(lane);
    return from == null || index < 0
        ? Optional.empty()
        : Optional.of(from.manifest().lanes().get(index));
  }

  /** What was recorded of this scenario. */
  public Optional<RecordedLane> recorded(Scenario scenario) {
    return lanes.stream().filter(l -> l.answers(scenario)).findFirst();
  }

  /** Whether a recorded lane is shown although the kernel engine could run. */
  public boolean prefersRecorded() {
    return session && !live;
  }

  /** Whether the kernel engine is to run although there is a recording. */
  public void setLive(boolean now) {
    live = now;
  }

  /** Whether the session brought an object that the user has not allowed to be loaded. */
  public boolean guards(DatapathSpec datapath) {
    return !objectAllowed
        && session().map(s -> s.scenario().datapath().equals(datapath)).orElse(false)
        && datapath.source() instanceof DatapathSpec.ObjectFile;
  }

  /** What object the session speaks of. */
  public Optional<FileReference> object() {
    return session().map(s -> s.manifest().object());
  }

  /** The user has seen what it is, and wants it loaded. */
  public void allowObject() {
    objectAllowed = true;
  }

  /** Nothing of it is needed any more: a copy of the capture that was taken out is deleted. */
  void close() {
    SessionFile open = file;
    if (open == null) {
      return;
    }
    open.close();
    if (session && open.manifest().capture().copied() && capture != null) {
      Openings.deleteQuietly(capture);
    }
  }
}
