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

/* Of an echo, asked or answered, the identifier is the sender's port on the way out and the receiver's on the way in. */
#define ct_echo_asks(REQUEST, DIR) ((DIR) != CT_INGRESS)
#define CT_ECHO_REPLY_ACTION ACTION_CREATE

/* Whatever kept the ports from being had was an invalid header. */
#define ct_ports_error(ERROR) DROP_CT_INVALID_HDR

/* What the host and the stack send was not counted. */
#define TRACE_COUNTS_FROM_STACK 0

/* A packet at a hook was traced as one of policy. */
#define TRACE_REASON_AT_HOOK 0

/* The API server's nodes had no identity of their own. */
#define identity_of_a_node(IDENTITY) ((IDENTITY) == REMOTE_NODE_ID)

/* ICMP asks for the service with port 0. */
#define LB_ICMP_FRONTEND 0
#define LB_LOOKUP_SCOPE_INT 1

/* A binding held one second longer. */
#define lb_affinity_is_over(END, NOW) ((END) < (NOW))

/* What the ipcache said of who sends to the pod was not told. */
#define dbg_sender(CTX, MSG, ADDR, IDENTITY) do { } while (0)

/* On the way to the proxy behind the pod's hook IPv6 packets are "routed" as if they were IPv4. */
#define proxy_hairpin_of_ipv6 ctx_redirect_to_proxy_hairpin4

/* Fragments were not counted. */
#define count_fragment(CTX, DIR, REASON) do { } while (0)

#endif
