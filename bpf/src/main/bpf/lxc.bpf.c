// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The per-endpoint datapath: every program of one pod, by the way that a packet takes to it. `from-container` sees what the
 * pod sends, `to-container` what reaches it through its egress hook, and `handle_policy` what another program of the node
 * delivers to it through the global policy-call map.
 *
 * The programs stand in lxc/; how they do it stands in lib/. A drop that one of them reports carries file 2, as in the
 * datapath that user space knows, and the line in the file that the program stands in.
 */
#include "lxc/from_container.h"
#include "lxc/by_policy.h"
#include "lxc/to_container.h"

char ____license[] __section("license") = "Dual BSD/GPL";
