// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.tailwalk.bpf.sys.Capability;

/** Kernel tests are skipped where a capability is proven missing; with CI=true they fail there. */
public final class KernelPrivilege implements BeforeAllCallback {
  private static final Set<Capability> NEEDED =
      Set.of(Capability.CAP_BPF, Capability.CAP_NET_ADMIN, Capability.CAP_PERFMON);

  @Override
  public void beforeAll(ExtensionContext context) {
    Set<Capability> held = Capability.effective();
    if (held.contains(Capability.CAP_SYS_ADMIN) || held.containsAll(NEEDED)) {
      return;
    }
    String reason = "kernel tests need " + NEEDED + "; held: " + held;
    if ("true".equals(System.getenv("CI"))) {
      fail(reason);
    }
    abort(reason);
  }
}
