// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Structures as they were in 2020, in place of lib/era.h: no deny bit, no backend states, no L7 load balancer, no alias for
 * the backend in a conntrack entry.
 */
#ifndef TAILWALK_ERA_H
#define TAILWALK_ERA_H

#include "../lib/layout.h"

#define ERA_WALKTHROUGH2020 1

struct policy_entry {
	__be16 proxy_port;
	__u16 pad0;
	__u16 pad1;
	__u16 pad2;
	__u64 packets;
	__u64 bytes;
};

struct ct_entry {
	__u64 rx_packets;
	__u64 rx_bytes; /* of an entry with the SERVICE flag: the backend */
	__u64 tx_packets;
	__u64 tx_bytes;
	__u32 lifetime;
	__u16 rx_closing : 1, tx_closing : 1, nat46 : 1, lb_loopback : 1, seen_non_syn : 1, node_port : 1,
		proxy_redirect : 1, dsr : 1, reserved : 8;
	__u16 rev_nat_index;
	__u16 ifindex;
	__u8 tx_flags_seen;
	__u8 rx_flags_seen;
	__u32 src_sec_id;
	__u32 last_tx_report;
	__u32 last_rx_report;
};

/* Local to a program: there is no hand-over. */
struct ct_state {
	__u16 rev_nat_index;
	__u16 loopback : 1, node_port : 1, proxy_redirect : 1, dsr : 1, reserved : 12;
	__be32 addr;
	__be32 svc_addr;
	__u32 src_sec_id;
	__u16 ifindex;
	__u16 backend_id;
};

struct lb_service {
	union {
		__u32 backend_id;       /* slots 1..n */
		__u32 affinity_timeout; /* slot 0, seconds */
	};
	__u16 count;
	__u16 rev_nat_index;
	__u8 flags;
	__u8 pad[3];
};

ASSERT_SIZE(struct policy_entry, 24);
ASSERT_SIZE(struct ct_entry, 56);
ASSERT_SIZE(struct ct_state, 20);
ASSERT_SIZE(struct lb_service, 12);

#define ct_entry_backend_id(ENTRY) ((ENTRY)->rx_bytes)

/* A backend had no state. */
#define lb_backend_refuses(BACKEND, STATE) false

/* Fragments were not counted. */
#define count_fragment(CTX, DIR, REASON) do { } while (0)

#endif
