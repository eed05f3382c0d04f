// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What the eras from the seed commit on have in common, and an older one has not: structures of maps and a few facts that
 * shared headers ask for. walkthrough2020 brings its own in place of this file.
 */
#ifndef TAILWALK_ERA_H
#define TAILWALK_ERA_H

#include "layout.h"

struct policy_entry {
	__be16 proxy_port;
	__u8 deny : 1, pad : 7;
	__u8 pad0;
	__u16 pad1;
	__u16 pad2;
	__u64 packets;
	__u64 bytes;
};

struct ct_entry {
	__u64 rx_packets;
	union {
		__u64 rx_bytes;
		__u64 backend_id; /* entries with the SERVICE flag */
	};
	__u64 tx_packets;
	__u64 tx_bytes;
	__u32 lifetime;
	__u16 rx_closing : 1, tx_closing : 1, nat46 : 1, lb_loopback : 1, seen_non_syn : 1, node_port : 1,
		proxy_redirect : 1, dsr : 1, from_l7lb : 1, reserved : 7;
	__u16 rev_nat_index;
	__u16 ifindex;
	__u8 tx_flags_seen;
	__u8 rx_flags_seen;
	__u32 src_sec_id;
	__u32 last_tx_report;
	__u32 last_rx_report;
};

struct ct_state {
	__u16 rev_nat_index;
	__u16 loopback : 1, node_port : 1, dsr : 1, syn : 1, proxy_redirect : 1, from_l7lb : 1, reserved : 10;
	__be32 addr;
	__be32 svc_addr;
	__u32 src_sec_id;
	__u16 ifindex;
	__u16 pad;
	__u32 backend_id;
};

/* What a conntrack program hands to the program after it. */
struct ct_buffer4 {
	struct ipv4_ct_tuple tuple;
	__u16 pad;
	struct ct_state ct_state;
	__u32 monitor;
	__s32 ret;
};

struct ct_buffer6 {
	struct ipv6_ct_tuple tuple;
	__u16 pad;
	struct ct_state ct_state;
	__u32 monitor;
	__s32 ret;
};

enum svc_flag2 {
	SVC_FLAG2_L7LOADBALANCER = 4,
};

#define BE_STATE_ACTIVE 0

struct lb_service {
	union {
		__u32 backend_id;       /* slots 1..n */
		__u32 affinity_timeout; /* slot 0, seconds */
		__u32 l7_lb_proxy_port; /* slot 0, as stored: network order */
	};
	__u16 count;
	__u16 rev_nat_index;
	__u8 flags;
	__u8 flags2;
	__u8 pad[2];
};

ASSERT_SIZE(struct policy_entry, 24);
ASSERT_SIZE(struct ct_entry, 56);
ASSERT_SIZE(struct ct_state, 24);
ASSERT_SIZE(struct ct_buffer4, 48);
ASSERT_SIZE(struct ct_buffer6, 72);
ASSERT_SIZE(struct lb_service, 12);

/* A packet without ports asks for no service. */
#define LB_ICMP_FRONTEND DROP_NO_SERVICE

/* A binding has ended from the second on in which its time is over. */
#define lb_affinity_is_over(END, NOW) ((END) <= (NOW))

/* Where a SERVICE entry keeps its backend. */
#define ct_entry_backend_id(ENTRY) ((ENTRY)->backend_id)

/* A connection keeps a backend that is going away; only what opens a connection is sent elsewhere. */
#define lb_backend_refuses(BACKEND, STATE) ((BACKEND)->flags != BE_STATE_ACTIVE && (STATE)->syn)

/* Of an echo the identifier is the port of who asks. */
#define ct_echo_asks(REQUEST, DIR) (REQUEST)
#define CT_ECHO_REPLY_ACTION ACTION_UNSPEC

/* Why the ports could not be had is told on. */
#define ct_ports_error(ERROR) (ERROR)

/* What the host and the stack send is counted on arrival. */
#define TRACE_COUNTS_FROM_STACK 1

/* Nothing is known yet of why a packet at a hook is traced. */
#define TRACE_REASON_AT_HOOK TRACE_REASON_UNKNOWN

/* Identities of other nodes. */
#define identity_of_a_node(IDENTITY) ((IDENTITY) == REMOTE_NODE_ID || (IDENTITY) == KUBE_APISERVER_NODE_ID)

/* What the ipcache said of who sends to the pod is told. */
#define dbg_sender(CTX, MSG, ADDR, IDENTITY) cilium_dbg(CTX, MSG, ADDR, IDENTITY)

/* IPv6 packets go to the proxy behind the pod's hook by their own rules. */
#define proxy_hairpin_of_ipv6 ctx_redirect_to_proxy_hairpin6

/* Fragments are counted. */
#define count_fragment(CTX, DIR, REASON) update_metrics(CTX, ct_metrics_dir(DIR), REASON)

#endif
